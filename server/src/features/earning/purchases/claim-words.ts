import { group } from '@pointbook/shared/money'

/** The figures of a return that its sentence names. */
interface Claim {
  offset?: { points: number; lapsed: number }
  points: number
  forfeited: number
  owed: number
  letGo: number
}

/** The points that a return gives back and takes back. */
export const claimText = (claim: Claim): string => claimTexts(claim).join('，') || '这次退货不涉及积分'

export const claimTexts = (claim: Claim): string[] => [...givenBackText(claim), ...claimedText(claim)]

const givenBackText = ({ offset }: Claim): string[] =>
  offset && offset.points > 0
    ? [
        `退回抵现的 ${group(offset.points)} 分`,
        ...(offset.lapsed > 0 ? [`其中 ${group(offset.lapsed)} 分此前已到期`] : []),
      ]
    : []

function claimedText({ points, forfeited, owed, letGo }: Claim): string[] {
  if (points === 0) return []
  return [
    `收回 ${group(points)} 分`,
    ...(forfeited > 0 ? [`其中 ${group(forfeited)} 分此前已到期`] : []),
    ...(owed > 0 ? [`${group(owed)} 分已被花掉，记为欠分，以后获得的积分先抵还`] : []),
    ...(letGo > 0 ? [`${group(letGo)} 分已被花掉，按规则不再追回`] : []),
  ]
}
