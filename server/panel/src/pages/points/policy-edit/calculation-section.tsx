import type { Policy } from '@pointbook/shared/contract/points/policy'
import { basisText, roundingText } from '@pointbook/shared/policy-words/earning'
import { Checkbox, Form, Radio } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { Field } from './field.tsx'

const parts = [
  { name: 'delivery', label: '运费' },
  { name: 'coupons', label: '优惠券抵扣的部分' },
  { name: 'pointsPaid', label: '积分抵扣的部分' },
  { name: 'storedValue', label: '储值支付的部分' },
]

export function CalculationSection() {
  return (
    <Card id="calculation" title="怎么计算" className="editor-section">
      <Form.Item label="下面这些也算进积分的金额里吗？打钩的算" extra={<CalculationText of={basisText} />}>
        <div className="editor-row">
          {parts.map(({ name, label }) => (
            <Field key={name} name={['earning', 'basis', name]} valuePropName="checked" optional noStyle>
              <Checkbox>{label}</Checkbox>
            </Field>
          ))}
        </div>
      </Form.Item>
      <div className="editor-row">
        <Field name={['earning', 'rounding']} label="不足 1 分怎么算">
          <Radio.Group
            aria-label="不足 1 分怎么算"
            optionType="button"
            options={[
              { value: 'down', label: '舍去' },
              { value: 'nearest', label: '四舍五入' },
              { value: 'up', label: '进一' },
            ]}
          />
        </Field>
        <Field name={['earning', 'roundEach']} label="什么时候取整" extra={<CalculationText of={roundingText} />}>
          <Radio.Group
            aria-label="什么时候取整"
            optionType="button"
            options={[
              { value: 'line', label: '每件商品' },
              { value: 'rule', label: '每条规则' },
              { value: 'receipt', label: '整单合计' },
            ]}
          />
        </Field>
      </div>
      <Field name={['earning', 'multipliers']} label="同时有几个加倍时">
        <Radio.Group
          aria-label="同时有几个加倍时"
          optionType="button"
          options={[
            { value: 'best', label: '只取最高的一个' },
            { value: 'multiply', label: '相乘' },
          ]}
        />
      </Field>
      <Field name={['birthdayAtOnce']} valuePropName="checked" optional extra="不打钩的，从下一个生日开始送">
        <Checkbox>生日当天注册或填写生日的会员，当天就送生日积分</Checkbox>
      </Field>
    </Card>
  )
}

/** What the choices come to, as members read it. */
function CalculationText({ of }: { of: (earning: Policy['earning']) => string }) {
  const earning = Form.useWatch(['earning'], { form: Form.useFormInstance<Policy>(), preserve: true })
  return earning ? of(earning) : null
}
