import { basisFields, birthdayFields, calculationFields } from '@pointbook/shared/policy-fields/calculation'
import { Form } from 'antd'
import { FieldItem, FieldRows, LineSentence } from './field-rows.tsx'
import { Section } from './section.tsx'

const basis = ['earning', 'basis']

export function CalculationSection() {
  return (
    <Section of="calculation" title="怎么计算">
      <Form.Item
        label="下面这些也算进积分的金额里吗？打钩的算"
        extra={<LineSentence line="basis" of={basisFields} at={basis} />}
      >
        <div className="editor-row">
          {Object.entries(basisFields).map(([key, field]) => (
            <FieldItem key={key} of={field} at={[...basis, key]} noStyle />
          ))}
        </div>
      </Form.Item>
      <FieldRows of={calculationFields} at={['earning']} />
      <FieldRows of={birthdayFields} at={[]} />
    </Section>
  )
}
