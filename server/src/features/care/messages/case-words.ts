import { group } from '@pointbook/shared/money'
import type { Events } from '../../../book/events.ts'
import type { Notice } from './tell.ts'

// Messages to members about cases, compensations and corrections. They are plain and say how to object.

const LEDGER = '/member/ledger/index'
const QUESTIONS = '如有疑问，请联系商家，我们会再次核实。'

export const takenNotice = ({ memberId, points, owed, reason, fact }: Events['case.taken']): Notice => {
  const debt = owed > 0 ? `其中 ${group(owed)} 分已使用，记为欠分，以后获得的积分会先抵还。` : ''
  return {
    memberId,
    fact: `case-taking/${fact}`,
    kind: 'case',
    title: '部分积分已收回',
    body: `经核实，有 ${group(points)} 分的获得不符合积分规则，已收回。${debt}原因：${reason}。${QUESTIONS}`.slice(
      0,
      300,
    ),
    page: LEDGER,
  }
}

const verdicts = {
  reinstated: { title: '核实已结束，账户已恢复', body: () => '您的积分账户已恢复正常，可以继续获得和使用积分。' },
  cancelled: { title: '会员资格已注销', body: () => '您的会员资格已注销，账户里的积分同时失效。' },
  cleared: {
    title: '核实无误，账户已恢复',
    body: (points: number) => {
      const apology = points > 0 ? `作为歉意，我们送上 ${group(points)} 分，已到账。` : ''
      return `经核实，您的账户没有任何问题，现已恢复正常。给您添了麻烦，非常抱歉。${apology}`
    },
  },
} as const

export const judgedNotice = ({ caseId, memberId, decision, reason, points }: Events['case.decided']): Notice => {
  const { title, body } = verdicts[decision]
  const question = decision === 'cleared' ? '' : QUESTIONS
  return {
    memberId,
    fact: `case/${caseId}`,
    kind: 'case',
    title,
    body: `${body(points)}说明：${reason}。${question}`,
    page: LEDGER,
  }
}

export const compensatedNotice = ({
  compensationId,
  memberId,
  points,
  reason,
}: Events['points.compensated']): Notice => ({
  memberId,
  fact: `compensation/${compensationId}`,
  kind: 'case',
  title: '补偿积分已到账',
  body: `很抱歉给您带来了不便：${reason}。问题已经修复，补偿的 ${group(points)} 分已到账。`,
  page: LEDGER,
})
