import { Modal } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { approvalLists } from '../../../pieces/needs-approval.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

interface Props {
  detail: Reply<'GET /admin/approvals/:approvalId'>
  onClose: () => void
  onDone: () => void
}

export function Withdraw({ detail: { approvalId, title }, onClose, onDone }: Props) {
  const done = useDone()
  const withdraw = useWrite('POST /admin/approvals/:approvalId/withdrawal', {
    withId: true,
    changes: [...approvalLists],
  })
  const confirm = () =>
    withdraw.send({ approvalId }, () => {
      done('已撤回，没有执行')
      onDone()
    })
  return (
    <Modal
      open
      title="撤回这个申请？"
      okText="撤回"
      cancelText="再想想"
      okButtonProps={{ loading: withdraw.isPending }}
      onOk={confirm}
      onCancel={onClose}
    >
      <p>{title}。撤回后不会执行；需要时可以重新提交。</p>
      <RefusalAlert error={withdraw.error} />
    </Modal>
  )
}
