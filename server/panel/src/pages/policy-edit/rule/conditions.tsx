import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Condition, Fact } from '@pointbook/shared/contract/earning-rule'
import { weekdays } from '@pointbook/shared/words'
import { Button, Dropdown, Form, Select } from 'antd'
import { useContext } from 'react'
import { useStores } from '../../api/use-stores.ts'
import { Field, whole } from './field.tsx'
import { YuanInput } from './inputs.tsx'
import { TierOptions } from './tier-options.ts'

const kinds: Partial<Record<Condition['type'], { label: string; start: Fact }>> = {
  'amount-at-least': { label: '单笔金额满', start: { type: 'amount-at-least', amountFen: 100_00 } },
  'amount-below': { label: '单笔金额不到', start: { type: 'amount-below', amountFen: 100_00 } },
  'first-purchase': { label: '会员的首次消费', start: { type: 'first-purchase' } },
  tier: { label: '会员等级是', start: { type: 'tier', tierIds: [] } },
  store: { label: '消费门店是', start: { type: 'store', storeIds: [] } },
  weekday: { label: '每周的', start: { type: 'weekday', days: [] } },
  birthday: { label: '会员生日当月', start: { type: 'birthday', within: 'month' } },
}

export function Conditions() {
  return (
    <Form.List name={['conditions']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="editor-line">
              <Field list={['conditions']} name={[name]} rules={[whole]}>
                <ConditionInput />
              </Field>
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这个条件" />
            </div>
          ))}
          <Dropdown
            trigger={['click']}
            menu={{
              items: Object.entries(kinds).map(([key, { label }]) => ({ key, label })),
              onClick: ({ key }) => add(kinds[key as Condition['type']]!.start),
            }}
          >
            <Button type="dashed" size="small" icon={<PlusOutlined />}>
              添加条件
            </Button>
          </Dropdown>
        </>
      )}
    </Form.List>
  )
}

interface Props {
  value?: Condition
  onChange?: (condition: Condition) => void
}

function ConditionInput({ value: condition, onChange }: Props) {
  const tiers = useContext(TierOptions)
  const { stores } = useStores()
  if (!condition) return null
  return (
    <div className="editor-line" style={{ marginBottom: 0 }}>
      <span className="nowrap">{kinds[condition.type]?.label}</span>
      {(condition.type === 'amount-at-least' || condition.type === 'amount-below') && (
        <YuanInput
          value={condition.amountFen}
          onChange={(amountFen) => onChange?.({ ...condition, amountFen: amountFen as number })}
        />
      )}
      {condition.type === 'tier' && (
        <Choose
          values={condition.tierIds}
          options={tiers}
          onChange={(tierIds) => onChange?.({ ...condition, tierIds })}
        />
      )}
      {condition.type === 'store' && (
        <Choose
          values={condition.storeIds}
          options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
          onChange={(storeIds) => onChange?.({ ...condition, storeIds })}
        />
      )}
      {condition.type === 'weekday' && (
        <Choose
          values={condition.days}
          options={weekdays.flatMap((label, day) => (label ? [{ value: day, label }] : []))}
          onChange={(days) => onChange?.({ ...condition, days })}
        />
      )}
    </div>
  )
}

interface ChooseProps<T> {
  values: T[]
  options: { value: T; label: string }[]
  onChange: (values: T[]) => void
}

function Choose<T extends string | number>({ values, options, onChange }: ChooseProps<T>) {
  return <Select mode="multiple" value={values} options={options} onChange={onChange} style={{ minWidth: 240 }} />
}
