import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import { AutoComplete, Button, Drawer, Form, Input, Select, Space } from 'antd'
import { useContext, useMemo } from 'react'
import { Conditions } from './conditions.tsx'
import { Faults, Field, whole } from './field.tsx'
import { GiftInput } from './gift-input.tsx'
import { DayInput } from './inputs.tsx'

interface Props {
  rule: EarningRule
  at: number
  onSave: (rule: EarningRule) => void
  onClose: () => void
}

const goods = [
  { key: 'categories', label: '类别' },
  { key: 'brands', label: '品牌' },
  { key: 'skus', label: '商品编号' },
]

/** A form of its own, outside the draft's: only a whole rule goes back into the draft. */
export function RuleDrawer({ rule, at, onSave, onClose }: Props) {
  const [form] = Form.useForm<EarningRule>()
  const { faults } = useContext(Faults)
  const found = useMemo(() => ({ faults, base: ['earning', 'rules', at] }), [faults, at])
  const save = () => onSave({ ...rule, ...form.getFieldsValue(true) })
  return (
    <Drawer
      open
      title={`规则「${rule.name}」`}
      size={620}
      onClose={onClose}
      mask={{ closable: false }}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" onClick={form.submit}>
            放入草稿
          </Button>
        </Space>
      }
    >
      <Faults.Provider value={found}>
        <Form form={form} layout="vertical" initialValues={rule} onFinish={save} component="div">
          <Field name={['name']} label="规则名称" extra="会员在积分明细里会看到">
            <Input maxLength={30} />
          </Field>
          <Field name={['gift']} label="给多少积分" rules={[whole]}>
            <GiftInput />
          </Field>
          <Form.Item label="什么情况下（全部满足才算）">
            <Conditions />
          </Form.Item>
          <Form.Item label="只算这些商品" extra="都不填就是所有商品；输入后按回车">
            <Goods side="only" />
          </Form.Item>
          <Form.Item label="不算这些商品">
            <Goods side="except" />
          </Form.Item>
          <Space size={16}>
            <Field name={['from']} label="从哪天起" optional>
              <DayInput placeholder="不限" />
            </Field>
            <Field name={['until']} label="到哪天止（含）" optional>
              <DayInput placeholder="不限" />
            </Field>
          </Space>
          <Field
            name={['group']}
            label="互斥组"
            optional
            extra="填了同一个组名的规则不叠加，只取给得最多的一条；不填就各算各的"
          >
            <AutoComplete placeholder="例如：活动" maxLength={30} style={{ maxWidth: 220 }} />
          </Field>
        </Form>
      </Faults.Provider>
    </Drawer>
  )
}

function Goods({ side }: { side: 'only' | 'except' }) {
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 10 }}>
      {goods.map(({ key, label }) => (
        <Form.Item key={key} name={['scope', side, key]} noStyle>
          <Select mode="tags" placeholder={label} tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} />
        </Form.Item>
      ))}
    </div>
  )
}
