import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Form, Radio, Switch } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { Field } from './field.tsx'
import { WholeInput, YuanInput } from './inputs.tsx'

export function ReferralSection() {
  const enabled = Form.useWatch(['referral', 'enabled'], Form.useFormInstance<Policy>())
  return (
    <Card id="referral" title="邀请好友" className="editor-section">
      <Field name={['referral', 'enabled']} label="邀请奖励" valuePropName="checked" optional>
        <Switch checkedChildren="开启" unCheckedChildren="关闭" />
      </Field>
      {enabled && <Reward />}
      <div className="soft small">只是转发分享不会得到积分：微信规定不能用奖励诱导分享。</div>
    </Card>
  )
}

function Reward() {
  const when = Form.useWatch(['referral', 'when'], Form.useFormInstance<Policy>())
  return (
    <>
      <div className="editor-row">
        <Field name={['referral', 'when']} label="什么时候发奖励">
          <Radio.Group aria-label="什么时候发奖励" optionType="button" options={whens} />
        </Field>
        {when === 'purchase' && (
          <>
            <Field name={['referral', 'minimumFen']} label="首次消费至少" extra="填 0 表示多少都算">
              <YuanInput width={130} />
            </Field>
            <Field name={['referral', 'withinDays']} label="注册后多久内消费才算" extra="填 0 表示不限">
              <WholeInput unit="天内" max={366} />
            </Field>
          </>
        )}
      </div>
      <div className="editor-row">
        <Field name={['referral', 'inviterPoints']} label="邀请人得">
          <WholeInput unit="分" width={130} />
        </Field>
        <Field name={['referral', 'inviteePoints']} label="好友得">
          <WholeInput unit="分" width={130} />
        </Field>
        <Field name={['referral', 'perMonth']} label="每人每月最多奖励" extra="填 0 表示不限">
          <WholeInput unit="位好友" max={10_000} width={130} />
        </Field>
        <Field name={['referral', 'perInviter']} label="每人总共最多奖励" extra="填 0 表示不限">
          <WholeInput unit="位好友" max={100_000} width={130} />
        </Field>
      </div>
      <Field
        name={['referral', 'suspicious']}
        label="看起来像自己邀请自己的"
        extra="例如互相邀请、像同一个人、店员在自己的收银台、短时间内太多人"
      >
        <Radio.Group aria-label="看起来像自己邀请自己的" options={doubts} />
      </Field>
    </>
  )
}

const whens = [
  { value: 'registration', label: '好友注册时' },
  { value: 'purchase', label: '好友首次消费后' },
]

const doubts = [
  { value: 'hold', label: '先不发，由您核实后决定' },
  { value: 'refuse', label: '直接不发' },
]
