import { AutoComplete, Button, Drawer, Form, Input, Space, Switch } from 'antd'
import { useState } from 'react'
import type { Input as InputOf } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useReturnFocus } from '../../../pieces/editing/use-return-focus.ts'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { Picture } from '../../../pieces/picture.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { PictureUpload } from './picture-upload.tsx'
import type { Item } from './types.ts'

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

type Texts = Omit<Fields, 'stock'>

const labels = {
  pictureUrl: '图片',
  name: '商品名称',
  points: '兑换积分',
  category: '分类',
  worthFen: '市价',
  limitPerMember: '每人限兑',
  position: '排序',
  description: '商品介绍',
  instructions: '兑换说明',
  listed: '上架',
} satisfies Record<keyof Texts, string>

export function ItemDrawer({ item, categories, onClose }: Props) {
  const [form] = Form.useForm<Fields>()
  // The list behind is read again meanwhile; what the merchant began from stays.
  const [opened, setOpened] = useState(item)
  const save = useSave(opened, onClose)
  const { write } = save
  useReturnFocus(true)
  const close = useUnsaved(() => !write.landed.current && form.isFieldsTouched(), { inQuery: true })
  const changed = () => {
    write.landed.current = false
    if (write.error) write.reset()
  }
  const filled = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }]
  return (
    <Drawer
      open
      size={560}
      title={item === 'new' ? '添加商品' : `修改「${item.name}」`}
      onClose={() => close(onClose)}
      mask={{ closable: false }}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={() => close(onClose)}>取消</Button>
          <Button type="primary" loading={write.isPending} onClick={form.submit}>
            {item === 'new' ? '添加' : '保存'}
          </Button>
        </Space>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={opened === 'new' ? blank : opened}
        onFinish={(fields) => save.send(fields)}
        onValuesChange={changed}
      >
        <Form.Item name="pictureUrl" label="图片">
          <PictureUpload />
        </Form.Item>
        <Form.Item name="name" label="商品名称" rules={filled('商品名称')}>
          <Input maxLength={40} showCount placeholder="例如：云朵马克杯" />
        </Form.Item>
        <Space size={16} align="start" wrap>
          <Form.Item name="points" label="兑换积分" rules={[{ required: true, message: '请填写兑换积分' }]}>
            <NumberInput min={1} max={100_000_000} suffix="分" style={{ width: 150 }} />
          </Form.Item>
          <Form.Item name="category" label="分类" rules={filled('分类')}>
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
            <NumberInput min={0} max={10_000_000} precision={2} prefix="¥" style={{ width: 140 }} />
          </Form.Item>
          {item === 'new' && (
            <Form.Item name="stock" label="现有库存" rules={[{ required: true, message: '请填写现有库存' }]}>
              <NumberInput min={0} max={1_000_000} suffix="件" style={{ width: 150 }} />
            </Form.Item>
          )}
          <Form.Item name="limitPerMember" label="每人限兑">
            <NumberInput min={1} max={9_999} placeholder="不限" suffix="件" style={{ width: 150 }} />
          </Form.Item>
          <Form.Item
            name="position"
            label="排序"
            tooltip="数字小的排在前面"
            rules={[{ required: true, message: '请填写排序' }]}
          >
            <NumberInput min={0} max={100_000} style={{ width: 140 }} />
          </Form.Item>
        </Space>
        <Form.Item name="description" label="商品介绍">
          <Input.TextArea rows={4} maxLength={1000} placeholder="材质、规格、适合谁" />
        </Form.Item>
        <Form.Item name="instructions" label="兑换说明">
          <Input.TextArea rows={3} maxLength={1000} placeholder="例如：凭取货码到店领取，周末也可以取" />
        </Form.Item>
        <Form.Item name="listed" label="上架" valuePropName="checked">
          <Switch checkedChildren="上架" unCheckedChildren="下架" />
        </Form.Item>
      </Form>
      {opened !== 'new' && outdatedIn(write.error) ? (
        <Outdated<Texts>
          error={write.error}
          opened={opened}
          mine={() => form.getFieldsValue()}
          labels={labels}
          text={shown}
          onKeep={save.send}
          onTake={(now, revision) => {
            form.setFieldsValue(now)
            setOpened({ ...opened, ...now, revision })
            write.reset()
          }}
        />
      ) : (
        <RefusalAlert error={write.error} />
      )}
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
  const send = (fields: Texts | Fields, revision?: string) => {
    if (item === 'new') add.send({ ...blank, ...(fields as Fields) }, finish(`已添加「${fields.name}」`))
    else
      patch.send(
        { itemId: item.itemId, ...fields, revision: revision ?? item.revision },
        finish(`「${fields.name}」已保存`),
      )
  }
  return { send, write: item === 'new' ? add : patch }
}

function shown(name: keyof Texts, value: unknown) {
  if (name === 'pictureUrl') return <Picture url={String(value)} name="商品图片" sizePx={48} />
  if (name === 'worthFen') return moneyText(Number(value))
  if (name === 'limitPerMember' && value === null) return '不限'
  if (typeof value === 'boolean') return value ? '上架' : '下架'
  return typeof value === 'number' ? countText(value) : String(value) || '无'
}
