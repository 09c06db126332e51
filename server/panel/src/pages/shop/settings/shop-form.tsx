import { bare } from '@pointbook/shared/text'
import { Form, Input, Skeleton, Switch } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { typedAs } from '../../../pieces/typed-as.ts'
import { useDone } from '../../../pieces/use-done.tsx'

type Settings = Reply<'GET /admin/settings'>
type Fields = Omit<Settings, 'revision'>

const labels = {
  name: '店铺名称',
  notice: '公告',
  servicePhone: '客服电话',
  cards: '实体会员卡',
  leaveAfterDays: '注销等待天数',
  rejoinAfterMonths: '重新送入会礼的间隔',
  keepLogMonths: '审计日志保留',
  keepMessagesMonths: '站内消息保留',
}

export function ShopForm() {
  const { data, error, refetch } = useRead('GET /admin/settings', {})
  return (
    <Card title="店铺">
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <Editor settings={data} />}
    </Card>
  )
}

/** Keeps what it began from: the settings are read again in the background, and must not take what is being typed. */
function Editor({ settings }: { settings: Settings }) {
  const [form] = Form.useForm<Fields>()
  const [opened, setOpened] = useState(settings)
  const done = useDone()
  const put = useWrite('PUT /admin/settings', { withId: false, changes: ['GET /admin/settings', 'GET /shop'] })
  useUnsaved(() => form.isFieldsTouched())
  const begin = (now: Settings) => {
    form.setFieldsValue(now)
    form.setFields(Object.keys(labels).map((name) => ({ name: name as keyof Fields, touched: false })))
    setOpened(now)
  }
  const save = (fields: Fields, revision = opened.revision) =>
    put.send({ ...fields, revision }, (saved) => {
      begin({ ...fields, ...saved })
      const { revision: _, ...before } = opened
      done('设置已保存', async () => begin({ ...before, ...(await put.mutateAsync({ ...before, ...saved })) }))
    })
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={settings}
      onFinish={(fields) => save(fields)}
      onValuesChange={() => put.error && put.reset()}
    >
      <Inputs />
      {outdatedIn(put.error) ? (
        <Outdated<Fields>
          error={put.error}
          opened={opened}
          mine={() => form.getFieldsValue()}
          labels={labels}
          onKeep={save}
          onTake={(now, revision) => {
            begin({ ...now, revision })
            put.reset()
          }}
        />
      ) : (
        <RefusalAlert error={put.error} />
      )}
      <Act op="PUT /admin/settings" type="primary" htmlType="submit" loading={put.isPending}>
        保存
      </Act>
    </Form>
  )
}

function Inputs() {
  return (
    <>
      <Form.Item
        name="name"
        label={labels.name}
        rules={[{ required: true, whitespace: true, message: '请填写店铺名称' }]}
      >
        <Input maxLength={20} showCount />
      </Form.Item>
      <Form.Item name="notice" label={labels.notice} extra="显示在小程序首页，留空则不显示">
        <Input.TextArea rows={3} maxLength={200} showCount placeholder="例如：双十一期间全场积分双倍" />
      </Form.Item>
      <Form.Item
        name="servicePhone"
        label={labels.servicePhone}
        rules={[typedAs(bare, /^[0-9+ -]*$/, '只能有数字、空格、+ 和 -')]}
      >
        <Input maxLength={20} style={{ maxWidth: 260 }} />
      </Form.Item>
      <Form.Item
        name="cards"
        label={labels.cards}
        valuePropName="checked"
        extra="打开后，收银台可以扫会员卡，会员可以在小程序里挂失"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="leaveAfterDays"
        label={labels.leaveAfterDays}
        extra="会员申请注销后等这些天才生效，期间可以撤回；最多 15 天"
        rules={[{ required: true, message: '请填写天数' }]}
      >
        <NumberInput min={0} max={15} suffix="天" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="rejoinAfterMonths"
        label={labels.rejoinAfterMonths}
        extra="注销的会员在这段时间里重新加入，不再送入会礼和完善资料礼；为此只保留手机号和微信的加密标记，到期删除。0 为不限制"
        rules={[{ required: true, message: '请填写月数' }]}
      >
        <NumberInput min={0} max={36} suffix="个月" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="keepLogMonths"
        label={labels.keepLogMonths}
        extra="更早的日志每晚自动删除，删了就查不到了；法律要求至少 6 个月"
        rules={[{ required: true, message: '请填写月数' }]}
      >
        <NumberInput min={6} max={120} suffix="个月" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="keepMessagesMonths"
        label={labels.keepMessagesMonths}
        extra="会员小程序里更早的消息每晚自动删除"
        rules={[{ required: true, message: '请填写月数' }]}
      >
        <NumberInput min={6} max={120} suffix="个月" style={{ width: 160 }} />
      </Form.Item>
    </>
  )
}
