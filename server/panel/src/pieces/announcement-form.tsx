import { Form, type FormInstance, Input } from 'antd'

interface Words {
  title: string
  body: string
}

export const useAnnouncementForm = (): FormInstance<Words> => Form.useForm<Words>()[0]

interface Props {
  form: FormInstance<Words>
  initial?: Words
  onFinish: (words: Words) => void
}

export function AnnouncementForm({ form, initial, onFinish }: Props) {
  const finish = ({ title, body }: Words) => onFinish({ title: title.trim(), body: body.trim() })
  return (
    <Form form={form} layout="vertical" initialValues={initial} onFinish={finish}>
      <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input maxLength={40} showCount placeholder="例如：春节期间营业时间调整" />
      </Form.Item>
      <Form.Item name="body" label="正文" rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input.TextArea rows={10} maxLength={2_000} showCount placeholder="会员在小程序里看到的就是这段文字" />
      </Form.Item>
    </Form>
  )
}
