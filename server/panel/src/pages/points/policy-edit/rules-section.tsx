import { nameFields } from '@pointbook/shared/policy-fields/calculation'
import { Collapse, Form } from 'antd'
import { FieldRows } from './field-rows.tsx'
import { Groups } from './rule/groups.tsx'
import { RuleList } from './rule/list.tsx'
import { Section } from './section.tsx'

const groups = {
  key: 'groups',
  label: '规则组：同时符合几条时怎么给',
  forceRender: true,
  children: (
    <>
      <div className="soft small" style={{ marginBottom: 8 }}>
        放进同一组的规则可以只给最多的一项，或只给排在前面的一项；在规则里选择属于哪一组。
      </div>
      <Groups />
    </>
  ),
}

export function RulesSection() {
  return (
    <Section of="rules" title="积分规则">
      <FieldRows of={nameFields} at={[]} />
      <div className="editor-sub">每条各算各的，加在一起；加倍类规则在其他规则给出的积分上加倍。</div>
      <Form.Item name={['earning', 'rules']}>
        <RuleList />
      </Form.Item>
      <Collapse ghost className="editor-more" items={[groups]} />
    </Section>
  )
}
