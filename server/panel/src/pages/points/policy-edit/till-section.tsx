import { ownPurchasesNames, spendingNeedsNames } from '@pointbook/shared/policy-words/till'
import { Radio } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { Field } from './field.tsx'

/** What a clerk may do. A policy that says nothing means the first of each. */
export function TillSection() {
  return (
    <Card id="till" title="收银台" className="editor-section">
      <Field name={['till', 'spendingNeeds']} label="到店用积分，要会员怎么证明是本人" optional>
        <Choice label="到店用积分，要会员怎么证明是本人" names={spendingNeedsNames} />
      </Field>
      <Field name={['till', 'ownPurchases']} label="店员自己的消费" optional>
        <Choice label="店员自己的消费" names={ownPurchasesNames} />
      </Field>
    </Card>
  )
}

interface ChoiceProps {
  id?: string
  value?: string
  onChange?: (value: string) => void
  label: string
  names: Record<string, string>
}

function Choice({ id, value, onChange, label, names }: ChoiceProps) {
  const options = Object.entries(names).map(([key, label]) => ({ value: key, label }))
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      value={value ?? options[0]!.value}
      onChange={(event) => onChange?.(event.target.value)}
      options={options}
    />
  )
}
