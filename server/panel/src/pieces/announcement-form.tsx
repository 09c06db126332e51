import { Form, type FormInstance, Input } from 'antd'

export interface Words {
  title: string
  body: string
}

export const useAnnouncementForm = (): FormInstance<Words> => Form.useForm<Words>()[0]

export const trimmed = ({ title, body }: Words): Words => ({ title: title.trim(), body: body.trim() })

export function AnnouncementFields() {
  return (
    <>
      <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: '请填写标题' }]}>
        <Input maxLength={40} showCount placeholder="例如：春节期间营业时间调整" />
      </Form.Item>
      <Form.Item name="body" label="正文" rules={[{ required: true, whitespace: true, message: '请填写正文' }]}>
        <Input.TextArea rows={10} maxLength={2_000} showCount placeholder="会员在小程序里看到的就是这段文字" />
      </Form.Item>
    </>
  )
}
