import type { Reply } from '../../../api/call.ts'
import { Mark } from '../../../pieces/mark.tsx'

export type Approval = Reply<'GET /admin/approvals'>['rows'][number]

const states = {
  waiting: { text: '等您审批', tone: 'amber' },
  approved: { text: '已同意', tone: 'green' },
  refused: { text: '未同意', tone: 'rust' },
  withdrawn: { text: '已撤回', tone: 'plain' },
  ended: { text: '没有执行', tone: 'rust' },
} as const

export function StateMark({ state }: { state: Approval['state'] }) {
  const { text, tone } = states[state]
  return <Mark tone={tone}>{text}</Mark>
}
