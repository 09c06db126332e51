import type { EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import { Button, Collapse, Drawer, Form, Input, Select, Space } from 'antd'
import { useContext, useMemo } from 'react'
import { useReturnFocus } from '../../../../pieces/editing/use-return-focus.ts'
import { useUnsaved } from '../../../../pieces/editing/use-unsaved.ts'
import { Faults, Field, whole } from '../field.tsx'
import { DayInput } from '../inputs.tsx'
import { ConditionList } from './conditions.tsx'
import { GiftInput, giftFits, plainGift } from './gift.tsx'
import { GroupChoice, groupOf, type WithNewGroup } from './group-choice.tsx'
import { CapsFields, everything, GoodsFields, hasCaps, hasScope } from './limits.tsx'
import { RuleSentence } from './sentence.tsx'
import { triggerOptions, triggers } from './triggers.ts'

interface Props {
  rule: EarningRule
  at: number
  onSave: (rule: EarningRule, newGroup: RuleGroup | null) => void
  onClose: () => void
}

/** A separate form: only a complete rule is written back to the draft. */
export function RuleDrawer({ rule, at, onSave, onClose }: Props) {
  const [form] = Form.useForm<WithNewGroup>()
  const { faults } = useContext(Faults)
  const faultContext = useMemo(() => ({ faults, base: ['earning', 'rules', at] }), [faults, at])
  const close = useUnsaved(() => form.isFieldsTouched())
  useReturnFocus(true)
  const trigger = Form.useWatch('trigger', form) ?? rule.trigger
  const save = () => {
    const { newGroup, ...edited } = { ...rule, ...form.getFieldsValue(true) } as WithNewGroup
    const { group, created } = groupOf(edited.group, newGroup)
    onSave({ ...edited, group }, created)
  }
  /** Removes fields that the trigger does not have. */
  const changed = ({ trigger: next }: Partial<EarningRule>) => {
    if (!next) return
    if (!giftFits(form.getFieldValue(['gift', 'type']), next)) form.setFieldValue('gift', plainGift)
    if (next !== 'activity' && next !== 'event') form.setFieldValue('event', '')
    if (next !== 'purchase') form.setFieldValue('scope', everything)
  }
  return (
    <Drawer
      open
      title={`规则「${rule.name}」`}
      size={660}
      onClose={() => close(onClose)}
      mask={{ closable: false }}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={() => close(onClose)}>取消</Button>
          <Button type="primary" onClick={form.submit}>
            放入草稿
          </Button>
        </Space>
      }
    >
      <Faults.Provider value={faultContext}>
        <Form
          form={form}
          name="rule"
          layout="vertical"
          initialValues={rule}
          onFinish={save}
          onValuesChange={changed}
          component="div"
          className="rule-form"
          scrollToFirstError
        >
          <RuleSentence form={form} rule={rule} />
          <Field name={['name']} label="规则名称" extra="会员在积分明细里会看到">
            <Input maxLength={30} />
          </Field>
          <div className="editor-row">
            <Field name={['trigger']} label="什么时候给分" extra={triggers[trigger].hint}>
              <Select options={triggerOptions} style={{ width: 220 }} />
            </Field>
            {(trigger === 'activity' || trigger === 'event') && <EventField trigger={trigger} />}
          </div>
          <Field name={['gift']} label="给多少积分" rules={[whole]}>
            <GiftInput trigger={trigger} />
          </Field>
          <Form.Item
            name={['conditions']}
            label="什么情况下（全部满足才给）"
            rules={[whole]}
            validateTrigger="onSubmit"
          >
            <ConditionList trigger={trigger} path={['conditions']} />
          </Form.Item>
          <div className="editor-row">
            <Field name={['from']} label="从哪天起" optional>
              <DayInput placeholder="不限" />
            </Field>
            <Field name={['until']} label="到哪天止（含）" optional>
              <DayInput placeholder="不限" />
            </Field>
          </div>
          <Collapse
            ghost
            className="rule-more"
            defaultActiveKey={[
              ...(hasScope(rule.scope) ? ['goods'] : []),
              ...(hasCaps(rule.caps) ? ['caps'] : []),
              ...(rule.group ? ['group'] : []),
            ]}
            items={[
              ...(trigger === 'purchase'
                ? [{ key: 'goods', label: '只算或不算哪些商品', children: <GoodsFields /> }]
                : []),
              { key: 'caps', label: '最多给多少（封顶）', children: <CapsFields /> },
              { key: 'group', label: '和其他规则同时符合时（规则组）', children: <GroupChoice form={form} /> },
            ]}
          />
        </Form>
      </Faults.Provider>
    </Drawer>
  )
}

const codePattern = /^([a-z0-9][a-z0-9-]{0,39})?$/

function EventField({ trigger }: { trigger: 'activity' | 'event' }) {
  return (
    <Field
      name={['event']}
      label={trigger === 'activity' ? '哪个活动（代码）' : '哪种行为（代码）'}
      optional
      rules={[{ pattern: codePattern, message: '只能用小写字母、数字和短横线' }]}
      extra="不填就是任何一种"
    >
      <Input maxLength={40} placeholder="例如 spring-fair" style={{ width: 220 }} />
    </Field>
  )
}
