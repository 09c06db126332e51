import { group } from '@pointbook/shared/money'
import { maskName } from '../../members/directory/words.ts'
import type { Decision } from './tables.ts'

interface Judged {
  nickname: string
  decision: Decision
  takenPoints: number
}

const results = {
  reinstated: '恢复会员权益',
  cancelled: '注销会员资格',
  cleared: '未发现问题，已恢复并致歉',
} as const

/** The outcome of a decision for a member. */
export const decisionTexts = {
  reinstated: '恢复会员',
  cancelled: '注销会员资格',
  cleared: '未发现问题，恢复会员',
} as const

/** A draft of the announcement of a case; the merchant may change it. Cleared members are not named. */
export function caseAnnouncement(reason: string, judged: readonly Judged[]): { title: string; body: string } {
  const guilty = judged.filter(({ decision }) => decision !== 'cleared')
  const lines = guilty.map(({ nickname, decision, takenPoints }) => {
    const takings = takenPoints > 0 ? `收回违规积分 ${group(takenPoints)} 分，` : ''
    return `· ${maskName(nickname)}：${takings}${results[decision]}`
  })
  const body =
    guilty.length === 0
      ? ['近期我们核实了一起积分异常，经查没有会员违规，相关账户已恢复正常。给大家带来的不便，我们深表歉意。']
      : ['为了对每一位会员公平，现将一起积分违规的处理结果公示如下：', '', `事由：${reason}`, ...lines]
  return {
    title: guilty.length === 0 ? '关于积分异常核实结果的说明' : '关于违规积分处理结果的公示',
    body: [...body, '', '对结果有疑问，请随时联系我们。'].join('\n'),
  }
}

interface Took {
  points: number
  forfeited: number
  owed: number
  letGo: number
}

/** The result of taking points back, for the merchant. */
export function takenText({ points, forfeited, owed, letGo }: Took): string {
  return [
    `收回 ${group(points)} 分`,
    ...(forfeited > 0 ? [`其中 ${group(forfeited)} 分此前已到期`] : []),
    ...(owed > 0 ? [`${group(owed)} 分已被花掉，记为欠分`] : []),
    ...(letGo > 0 ? [`${group(letGo)} 分已被花掉，按规则不再追回`] : []),
  ].join('，')
}
