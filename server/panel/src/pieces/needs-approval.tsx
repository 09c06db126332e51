import { Alert } from 'antd'
import type { Operation } from '../api/call.ts'

/** Says before the confirmation that a second person decides; `because` is why. */
export function NeedsApproval({ because }: { because: string }) {
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={`${because}，要另一个人审批`}
      description="提交以后不会马上执行：另一位有权限的人在「审批」里同意，才会执行。结果您在「审批」里看得到。"
    />
  )
}

export const SUBMITTED = '已提交审批，另一个人同意后才执行。进度在「审批」里看'

/** The lists that a new approval changes. */
export const approvalLists: readonly Operation[] = [
  'GET /admin/approvals',
  'GET /admin/approvals-count',
  'GET /admin/approvals/:approvalId',
]
