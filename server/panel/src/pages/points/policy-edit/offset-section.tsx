import type { Policy } from '@pointbook/shared/contract/points/policy'
import { group, yuanText } from '@pointbook/shared/money'
import { mostOffset } from '@pointbook/shared/offset'
import { startOf } from '@pointbook/shared/policy-fields/field'
import { offsetFields } from '@pointbook/shared/policy-fields/offset'
import { Form } from 'antd'
import { useState } from 'react'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { Field, hasHole } from './field.tsx'
import { FieldRows } from './field-rows.tsx'
import { PartSwitch } from './inputs.tsx'
import { Section } from './section.tsx'

type Offset = NonNullable<Policy['offset']>

export function OffsetSection() {
  const offset: Offset | null =
    Form.useWatch(['offset'], { form: Form.useFormInstance<Policy>(), preserve: true }) ?? null
  return (
    <Section of="offset" title="积分抵现">
      <Field name={['offset']} label="结账时可以用积分抵钱" optional>
        <PartSwitch start={startOf(offsetFields)} />
      </Field>
      {offset && (
        <>
          <FieldRows of={offsetFields} at={['offset']} />
          {!hasHole(offset) && <Example offset={offset} />}
        </>
      )}
    </Section>
  )
}

/** The result of the four numbers for an example order. */
function Example({ offset }: { offset: Offset }) {
  const [typedYuan, setYuan] = useState<number | null>(100)
  const [typedPoints, setPoints] = useState<number | null>(8_000)
  const [yuan, points] = [typedYuan || 0, typedPoints || 0]
  const most = mostOffset(offset, yuan * 100, points)
  return (
    <div className="example">
      例如订单
      <NumberInput
        size="small"
        value={typedYuan}
        onChange={setYuan}
        min={0}
        max={100_000}
        suffix="元"
        style={{ width: 96 }}
        aria-label="例子的订单金额"
      />
      ，会员有
      <NumberInput
        size="small"
        value={typedPoints}
        onChange={setPoints}
        min={0}
        max={10_000_000}
        suffix="分"
        style={{ width: 112 }}
        aria-label="例子的会员积分"
      />
      ：
      {most.points > 0 ? (
        <strong>
          最多用 {group(most.points)} 分抵 {yuanText(most.fen)}，再付 {yuanText(yuan * 100 - most.fen)}
        </strong>
      ) : (
        <strong>还不能抵</strong>
      )}
    </div>
  )
}
