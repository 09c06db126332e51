import { App, Form, Input } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { approvalLists } from '../../../pieces/needs-approval.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

interface Props {
  detail: Reply<'GET /admin/approvals/:approvalId'>
  decision: 'approve' | 'refuse'
  onClose: () => void
  onDone: () => void
}

/** The last question before a decision, which is for the figures on the screen. */
export function Decide({ detail, decision, onClose, onDone }: Props) {
  const [form] = Form.useForm<{ reason: string }>()
  const done = useDone()
  const { message } = App.useApp()
  const decide = useWrite('POST /admin/approvals/:approvalId/decision', {
    withId: true,
    changes: [
      ...approvalLists,
      'GET /admin/members/:memberId',
      'GET /admin/members/:memberId/entries',
      'GET /admin/policy',
      'GET /admin/policies',
    ],
  })
  const { approvalId, figures, facts, title, askedBy } = detail
  const isApproval = decision === 'approve'
  const changes = facts.filter(({ before }) => before !== null)
  const confirm = ({ reason = '' }: { reason?: string }) => {
    const input = { approvalId, decision, reason: reason.trim(), ...(isApproval && figures ? { figures } : {}) }
    decide.send(input, ({ state, outcome }) => {
      if (state === 'ended') message.warning(`没有执行：${outcome}`)
      else done(isApproval ? outcome : `没有同意，${askedBy}会看到原因`)
      onDone()
    })
  }
  return (
    <FormModal
      title={isApproval ? '同意这个申请？' : '不同意这个申请？'}
      okText={isApproval ? '同意并执行' : '不同意'}
      cancelText="再想想"
      danger={!isApproval}
      form={form}
      write={decide}
      before={
        <>
          <p>
            {title}。
            <span className="soft">{isApproval ? '同意后马上执行，不能撤销。' : '不会执行，也不能再改。'}</span>
          </p>
          {isApproval &&
            changes.map((fact) => <p key={fact.label}>{`${fact.label}：${fact.before} → ${fact.value}`}</p>)}
        </>
      }
      onSave={confirm}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={isApproval ? '审批意见（选填）' : '原因'}
        rules={isApproval ? [] : [{ required: true, whitespace: true, message: '请写明原因，提交的人会看到' }]}
      >
        <Input.TextArea
          rows={3}
          maxLength={100}
          showCount
          placeholder={isApproval ? '例如：核对过小票' : '例如：没有小票，请补上再提交'}
        />
      </Form.Item>
    </FormModal>
  )
}
