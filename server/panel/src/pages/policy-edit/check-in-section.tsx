import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Form, Radio, Switch } from 'antd'
import { Field } from './field.tsx'
import { WholeInput, YuanInput } from './inputs.tsx'

export function ActivitySection() {
  return (
    <>
      <Card id="activity" title="签到" className="editor-section">
        <div className="editor-row">
          <Field name={['checkIn', 'enabled']} label="每日签到" valuePropName="checked" optional>
            <Switch checkedChildren="开启" unCheckedChildren="关闭" />
          </Field>
          <Field name={['checkIn', 'scheme', 'points']} label="每天">
            <WholeInput unit="分" />
          </Field>
          <Field
            name={['checkIn', 'cycleDays']}
            label="连续天数"
            tooltip="满这么多天后从第 1 天重新计；填 0 表示一直累计"
          >
            <WholeInput unit="天一轮" max={366} />
          </Field>
        </div>
        <div className="editor-sub">连续签到的额外奖励</div>
        <Extras />
      </Card>
      <Card id="referral" title="邀请好友" className="editor-section">
        <div className="editor-row">
          <Field name={['referral', 'enabled']} label="邀请奖励" valuePropName="checked" optional>
            <Switch checkedChildren="开启" unCheckedChildren="关闭" />
          </Field>
          <Field name={['referral', 'when']} label="什么时候发奖励">
            <Radio.Group
              optionType="button"
              options={[
                { value: 'registration', label: '好友注册时' },
                { value: 'purchase', label: '好友首次消费后' },
              ]}
            />
          </Field>
        </div>
        <div className="editor-row">
          <Field name={['referral', 'inviterPoints']} label="邀请人得">
            <WholeInput unit="分" />
          </Field>
          <Field name={['referral', 'inviteePoints']} label="好友得">
            <WholeInput unit="分" />
          </Field>
          <Field name={['referral', 'minimumFen']} label="首次消费至少" tooltip="仅在「好友首次消费后」发奖励时有用">
            <YuanInput />
          </Field>
          <Field name={['referral', 'perMonth']} label="每月最多奖励" tooltip="填 0 表示不限">
            <WholeInput unit="位好友" max={10_000} />
          </Field>
        </div>
        <div className="soft small">只是转发分享不会得到积分：微信规定不能用奖励诱导分享。</div>
      </Card>
    </>
  )
}

function Extras() {
  const list = ['checkIn', 'extras']
  return (
    <Form.List name={list}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="editor-line">
              连续
              <Field list={list} name={[name, 'days']}>
                <WholeInput unit="天" min={2} max={366} />
              </Field>
              再加
              <Field list={list} name={[name, 'points']}>
                <WholeInput unit="分" />
              </Field>
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这一档" />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ days: null, points: null })}>
            添加一档
          </Button>
        </>
      )}
    </Form.List>
  )
}
