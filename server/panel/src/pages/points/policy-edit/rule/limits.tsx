import type { Caps, Scope } from '@pointbook/shared/contract/points/earning-rule'
import { capFields } from '@pointbook/shared/policy-fields/earning-rule'
import { Form } from 'antd'
import { useContext } from 'react'
import { Field } from '../field.tsx'
import { FieldItem } from '../field-rows.tsx'
import { NamesInput } from '../inputs.tsx'
import { Known } from '../known.ts'

export const hasCaps = (limits: Caps) => Object.values(limits).some((most) => most !== null)

/** The caps of a rule. */
export function CapsFields() {
  return (
    <>
      <div className="rule-caps">
        {Object.entries(capFields).map(([key, field]) => (
          <FieldItem key={key} of={field} at={['caps', key]} />
        ))}
      </div>
      <div className="soft small">到了上限就不再给，或只给剩下的部分；「所有会员总共」是这条规则的预算，送完为止。</div>
    </>
  )
}

const goods = [
  { key: 'categories', label: '类别', maxLength: 40 },
  { key: 'brands', label: '品牌', maxLength: 40 },
  { key: 'skus', label: '商品编号', maxLength: 40 },
] as const

const noGoods = { categories: [], brands: [], skus: [] }

export const everything: Scope = { only: noGoods, except: noGoods }

export const hasScope = ({ only, except }: Scope) =>
  [only, except].some((side) => goods.some(({ key }) => side[key].length > 0))

/** Which goods a rule looks at. */
export function GoodsFields() {
  return (
    <>
      <Form.Item label="只算这些商品" extra="都不填就是所有商品；输入后按回车。大小写要一致，前后空格和全角半角不影响">
        <Goods side="only" />
      </Form.Item>
      <Form.Item label="不算这些商品">
        <Goods side="except" />
      </Form.Item>
    </>
  )
}

function Goods({ side }: { side: 'only' | 'except' }) {
  const known = useContext(Known)
  return (
    <div className="rule-goods">
      {goods.map(({ key, label, maxLength }) => (
        <Field key={key} name={['scope', side, key]} optional>
          <NamesInput known={known[key]} placeholder={label} maxLength={maxLength} label={label} />
        </Field>
      ))}
    </div>
  )
}
