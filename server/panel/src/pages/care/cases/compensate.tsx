import { useQuery } from '@tanstack/react-query'
import { Alert, Form, Input, Segmented, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { call, type Input as InputOf, type Reply } from '../../../api/call.ts'
import { useStores } from '../../../api/use-stores.ts'
import { useWrite } from '../../../api/use-write.ts'
import { DayPicker } from '../../../pieces/day-picker.tsx'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { memberNumbers } from './member-numbers.ts'
import { Listed, MOST_NUMBERS, Numbers } from './numbers-input.tsx'

type Whom = InputOf<'POST /admin/compensations'>['whom']

const previewing = 'POST /admin/compensations/preview'

interface Fields {
  by: Whom['by']
  numbers?: string
  storeId?: number
  on?: Dayjs
  points?: number
  reason: string
}

function whomOf({ by, numbers = '', storeId, on }: Partial<Fields>): Whom | null {
  if (by === 'purchases') return storeId && on ? { by, storeId, on: on.format('YYYY-MM-DD') } : null
  const memberNos = memberNumbers(numbers).numbers
  return memberNos.length > 0 && memberNos.length <= MOST_NUMBERS ? { by: 'members', memberNos } : null
}

/** Shows the recipients and the total before it can be sent. */
export function Compensate({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const { stores } = useStores()
  const done = useDone()
  const fields = Form.useWatch([], form) as Partial<Fields> | undefined
  const by = fields?.by ?? 'members'
  const whom = whomOf(fields ?? {})
  const points = fields?.points
  const preview = usePreview(whom, points)
  const make = useWrite('POST /admin/compensations', {
    withId: true,
    changes: ['GET /admin/compensations', previewing],
  })
  const members = preview?.members ?? 0
  const send = ({ reason }: Fields) => {
    if (!whom || !points) return
    make.send({ whom, points, members, reason: reason.trim() }, ({ members: reached }) => {
      done(`正在给 ${countText(reached)} 位会员发放补偿，每人会收到一条消息`)
      onClose()
    })
  }
  return (
    <FormModal
      title="发放故障补偿"
      okText={preview ? `给 ${countText(members)} 人发放` : '发放'}
      disabled={!preview?.members}
      width={560}
      form={form}
      initial={{ by: 'members' }}
      write={make}
      onSave={send}
      onClose={onClose}
    >
      <Form.Item name="by" label="补偿谁">
        <Segmented
          aria-label="补偿谁"
          options={[
            { value: 'members', label: '按会员号' },
            { value: 'purchases', label: '某天在某店消费的会员' },
          ]}
        />
      </Form.Item>
      {by === 'members' ? (
        <Numbers typed={fields?.numbers ?? ''} onFile={(text) => form.setFieldValue('numbers', text)} />
      ) : (
        <Day stores={stores} />
      )}
      <Form.Item name="points" label="每人多少积分" rules={[{ required: true, message: '还没有填' }]}>
        <NumberInput min={1} max={1_000_000} suffix="分" style={{ width: 200 }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label="事由"
        rules={[{ required: true, whitespace: true, message: '会员会读到，请写清楚' }]}
      >
        <Input maxLength={100} showCount placeholder="会员会读到，例如：11 月 20 日收银系统故障，部分积分延迟到账" />
      </Form.Item>
      {preview && <Preview {...preview} />}
    </FormModal>
  )
}

/** Repeated when recipients or points change, and after a refusal because of a changed figure. */
function usePreview(whom: Whom | null, points: number | undefined) {
  const wish = whom && points ? { whom, points } : null
  const { data } = useQuery({
    queryKey: [previewing, wish],
    queryFn: () => call(previewing, wish!),
    enabled: wish !== null,
  })
  return data
}

function Preview({ members, points, unknown, cancelled }: Reply<typeof previewing>) {
  return (
    <Alert
      type={unknown.length > 0 || cancelled > 0 || members === 0 ? 'warning' : 'info'}
      showIcon
      title={members > 0 ? `将发给 ${countText(members)} 位会员，合计 ${countText(points)} 分` : '没有符合条件的会员'}
      description={
        <>
          {cancelled > 0 && `${countText(cancelled)} 位会员已注销，不发放`}
          <Listed title="个会员号不存在，不会发放" items={unknown} />
        </>
      }
      style={{ marginBottom: 16 }}
    />
  )
}

function Day({ stores }: { stores: { storeId: number; name: string }[] }) {
  return (
    <div style={{ display: 'flex', gap: 12 }}>
      <Form.Item name="storeId" label="门店" rules={[{ required: true, message: '还没有选' }]} style={{ flex: 1 }}>
        <Select placeholder="选择门店" options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))} />
      </Form.Item>
      <Form.Item name="on" label="哪一天" rules={[{ required: true, message: '还没有选' }]}>
        <DayPicker style={{ width: 180 }} />
      </Form.Item>
    </div>
  )
}
