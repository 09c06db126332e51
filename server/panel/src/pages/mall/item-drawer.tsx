import { AutoComplete, Button, Drawer, Form, Input, InputNumber, Space, Switch } from 'antd'
import type { Input as InputOf } from '../../api/call.ts'
import { useWrite } from '../../api/use-write.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { useDone } from '../../pieces/use-done.tsx'
import type { Item } from './page.tsx'
import { PictureUpload } from './picture-upload.tsx'

type Fields = Omit<InputOf<'POST /admin/items'>, 'requestId'>

interface Props {
  item: Item | 'new'
  categories: string[]
  onClose: () => void
}

const blank: Partial<Fields> = {
  pictureUrl: '',
  worthFen: 0,
  description: '',
  instructions: '',
  limitPerMember: null,
  listed: true,
  position: 100,
}

export function ItemDrawer({ item, categories, onClose }: Props) {
  const [form] = Form.useForm<Fields>()
  const save = useSave(item, onClose)
  const filled = [{ required: true, whitespace: true, message: '还没有填' }]
  return (
    <Drawer
      open
      size={560}
      title={item === 'new' ? '添加商品' : `修改「${item.name}」`}
      onClose={onClose}
      mask={{ closable: false }}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" loading={save.pending} onClick={form.submit}>
            {item === 'new' ? '添加' : '保存'}
          </Button>
        </Space>
      }
    >
      <Form form={form} layout="vertical" initialValues={item === 'new' ? blank : item} onFinish={save.send}>
        <Form.Item name="pictureUrl" label="图片">
          <PictureUpload />
        </Form.Item>
        <Form.Item name="name" label="商品名称" rules={filled}>
          <Input maxLength={40} showCount placeholder="例如：云朵马克杯" />
        </Form.Item>
        <Space size={16} align="start" wrap>
          <Form.Item name="points" label="兑换积分" rules={[{ required: true, message: '还没有填' }]}>
            <InputNumber min={1} max={100_000_000} precision={0} suffix="分" style={{ width: 150 }} />
          </Form.Item>
          <Form.Item name="category" label="分类" rules={filled}>
            <AutoComplete
              options={categories.map((value) => ({ value }))}
              placeholder="例如：日用"
              maxLength={20}
              style={{ width: 150 }}
            />
          </Form.Item>
          <Form.Item
            name="worthFen"
            label="市价"
            tooltip="展示给会员参考，填 0 不展示"
            getValueProps={(fen: number) => ({ value: fen / 100 })}
            normalize={(yuan: number | null) => Math.round((yuan ?? 0) * 100)}
          >
            <InputNumber min={0} max={10_000_000} precision={2} prefix="¥" style={{ width: 140 }} />
          </Form.Item>
          {item === 'new' && (
            <Form.Item name="stock" label="现有库存" rules={[{ required: true, message: '还没有填' }]}>
              <InputNumber min={0} max={1_000_000} precision={0} suffix="件" style={{ width: 150 }} />
            </Form.Item>
          )}
          <Form.Item name="limitPerMember" label="每人限兑">
            <InputNumber min={1} max={9_999} precision={0} placeholder="不限" suffix="件" style={{ width: 150 }} />
          </Form.Item>
          <Form.Item
            name="position"
            label="排序"
            tooltip="数字小的排在前面"
            rules={[{ required: true, message: '还没有填' }]}
          >
            <InputNumber min={0} max={100_000} precision={0} style={{ width: 140 }} />
          </Form.Item>
        </Space>
        <Form.Item name="description" label="商品介绍">
          <Input.TextArea rows={4} maxLength={1000} placeholder="材质、规格、适合谁" />
        </Form.Item>
        <Form.Item name="instructions" label="兑换说明">
          <Input.TextArea rows={3} maxLength={1000} placeholder="例如：凭取货码到店领取，30 天内有效" />
        </Form.Item>
        <Form.Item name="listed" label="上架" valuePropName="checked">
          <Switch checkedChildren="上架" unCheckedChildren="下架" />
        </Form.Item>
      </Form>
      <RefusalAlert error={save.error} />
    </Drawer>
  )
}

function useSave(item: Item | 'new', onClose: () => void) {
  const done = useDone()
  const add = useWrite('POST /admin/items', { withId: true, changes: ['GET /admin/items'] })
  const patch = useWrite('PATCH /admin/items/:itemId', { withId: false, changes: ['GET /admin/items'] })
  const finish = (text: string) => () => {
    done(text)
    onClose()
  }
  const send = (fields: Fields) => {
    if (item === 'new') {
      add.send({ ...blank, ...fields }, finish(`已添加「${fields.name}」`))
      return
    }
    patch.send({ itemId: item.itemId, ...changed(item, fields) }, finish(`「${fields.name}」已保存`))
  }
  return { send, pending: add.isPending || patch.isPending, error: add.error ?? patch.error }
}

/** Only what the merchant changed is sent, so that a colleague's change to another field stays. */
function changed(before: Item, after: Fields): Partial<Fields> {
  const { stock: _stock, ...fields } = after
  const entries = Object.entries(fields).filter(([name, value]) => before[name as keyof Item] !== value)
  return Object.fromEntries(entries)
}
