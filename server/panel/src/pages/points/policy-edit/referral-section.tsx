import type { Policy } from '@pointbook/shared/contract/points/policy'
import { referralFields } from '@pointbook/shared/policy-fields/referral'
import { Form } from 'antd'
import { FieldItem, FieldRows } from './field-rows.tsx'
import { Section } from './section.tsx'

const { enabled, ...terms } = referralFields

export function ReferralSection() {
  const isOn = Form.useWatch(['referral', 'enabled'], Form.useFormInstance<Policy>())
  return (
    <Section of="referral" title="邀请好友">
      <FieldItem of={enabled} at={['referral', 'enabled']} />
      {isOn && <FieldRows of={terms} at={['referral']} />}
      <div className="soft small">只是转发分享不会得到积分：微信规定不能用奖励诱导分享。</div>
    </Section>
  )
}
