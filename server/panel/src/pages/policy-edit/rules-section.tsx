import { Card, Form, Input, Radio } from 'antd'
import { Field } from './field.tsx'
import { RuleList } from './rule-list.tsx'

export function EarningSection() {
  return (
    <Card id="earning" title="购物积分" className="editor-section">
      <Field name={['name']} label="方案名称" extra="只有商家看得到，方便区分不同时期的规则">
        <Input maxLength={30} style={{ maxWidth: 320 }} />
      </Field>
      <div className="editor-sub">积分规则：每条各算各的，加在一起；加倍类规则在其他规则给出的积分上加倍。</div>
      <Form.Item name={['earning', 'rules']}>
        <RuleList />
      </Form.Item>
      <div className="editor-row">
        <Field name={['earning', 'rounding']} label="不足 1 分怎么算">
          <Radio.Group
            optionType="button"
            options={[
              { value: 'down', label: '舍去' },
              { value: 'nearest', label: '四舍五入' },
              { value: 'up', label: '进一' },
            ]}
          />
        </Field>
        <Field name={['earning', 'multipliers']} label="同时有几个加倍时">
          <Radio.Group
            optionType="button"
            options={[
              { value: 'best', label: '只取最高的一个' },
              { value: 'multiply', label: '相乘' },
            ]}
          />
        </Field>
      </div>
    </Card>
  )
}
