import type { Policy, PolicyFault } from '@pointbook/shared/contract/points/policy'
import { Alert, Form, Input, Radio } from 'antd'
import type { Dayjs } from 'dayjs'
import { useNavigate } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { DayPicker } from '../../../pieces/day-picker.tsx'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { approvalLists, NeedsApproval, SUBMITTED } from '../../../pieces/needs-approval.tsx'
import { Scrolling } from '../../../pieces/scrolling.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { instantAtShop } from '../../../pieces/when.tsx'
import { Changes } from './changes.tsx'
import type { Change } from './compare.ts'
import { Coming } from './history.tsx'

interface Props {
  open: boolean
  title: string
  hint: string
  policy: Policy
  basedOn: number
  changes: Change[]
  warnings: PolicyFault[]
  note?: string
  onClose: () => void
  onPublished?: () => void
}

interface Answers {
  note: string
  when: 'now' | 'later'
  at?: Dayjs
}

/** The last look before a policy counts for every member: what changes, why, and from when. */
export function Publish({ open, title, hint, policy, basedOn, changes, warnings, note, onClose, onPublished }: Props) {
  const [form] = Form.useForm<Answers>()
  const when = Form.useWatch('when', form)
  const shop = useShop()
  const done = useDone()
  const navigate = useNavigate()
  const publish = useWrite('POST /admin/policies', {
    withId: true,
    changes: ['GET /admin/policy', 'GET /admin/policies', 'GET /admin/policies/:version', ...approvalLists],
  })
  const needed = useRead('GET /admin/approval-needs', {}, { enabled: open }).data?.policy ?? false
  const close = () => {
    publish.reset()
    onClose()
  }
  const confirm = ({ note: why, when: from, at }: Answers) => {
    const effectiveAt = from === 'later' && at ? instantAtShop(at.format('YYYY-MM-DD HH:mm')) : undefined
    const onDone = (reply: Reply<'POST /admin/policies'>) => {
      if ('waiting' in reply) done(SUBMITTED)
      else done(effectiveAt ? `第 ${reply.version} 版已发布，到时自动生效` : `第 ${reply.version} 版已生效`)
      onPublished?.()
      close()
      navigate('/policy')
    }
    publish.send({ policy, note: why.trim(), basedOn, ...(effectiveAt ? { effectiveAt } : {}) }, onDone)
  }
  return (
    <FormModal
      open={open}
      title={title}
      width={640}
      okText={needed ? '提交审批' : when === 'later' ? '定时发布' : '立即发布'}
      cancelText="再想想"
      form={form}
      initial={{ note, when: 'now' }}
      write={publish}
      before={
        <>
          {needed && <NeedsApproval because="发布积分规则要两个人" />}
          <LastLook hint={hint} warnings={warnings} changes={changes} />
        </>
      }
      onSave={confirm}
      onClose={close}
    >
      <Form.Item
        name="note"
        label="发布说明"
        rules={[{ required: true, whitespace: true, message: '写一句为什么改，方便以后查看' }]}
      >
        <Input maxLength={200} placeholder="例如：双十一期间积分翻倍" />
      </Form.Item>
      <Form.Item name="when" label="什么时候生效">
        <Radio.Group
          aria-label="什么时候生效"
          options={[
            { value: 'now', label: needed ? '审批通过后立即生效' : '发布后立即生效' },
            { value: 'later', label: '指定时间生效' },
          ]}
        />
      </Form.Item>
      {when === 'later' && (
        <Form.Item name="at" label="生效时间（店内时间）" rules={[{ required: true, message: '请选择生效时间' }]}>
          <DayPicker
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            minuteStep={5}
            disabledDate={(day) => shop !== undefined && day.format('YYYY-MM-DD') < shop.today}
            style={{ width: 240 }}
          />
        </Form.Item>
      )}
    </FormModal>
  )
}

function LastLook({ hint, warnings, changes }: Pick<Props, 'hint' | 'warnings' | 'changes'>) {
  return (
    <>
      <p className="soft">{hint}</p>
      <Coming />
      {warnings.map(({ path, text }) => (
        <Alert key={path} type="warning" showIcon title={text} style={{ marginBottom: 8 }} />
      ))}
      <Scrolling name="变化" style={{ maxHeight: '40vh', marginBottom: 16 }}>
        <Changes changes={changes} />
      </Scrolling>
    </>
  )
}
