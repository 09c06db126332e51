import { group } from '@pointbook/shared/money'
import type { Returned } from './return.ts'

export const givenBackText = ({ offset }: Pick<Returned, 'offset'>): string[] =>
  offset && offset.points > 0
    ? [
        `退回抵现的 ${group(offset.points)} 分`,
        ...(offset.lapsed > 0 ? [`其中 ${group(offset.lapsed)} 分此前已到期`] : []),
      ]
    : []

export function claimedText({
  points,
  forfeited,
  owed,
  letGo,
}: Pick<Returned, 'points' | 'forfeited' | 'owed' | 'letGo'>): string[] {
  if (points === 0) return []
  return [
    `收回 ${group(points)} 分`,
    ...(forfeited > 0 ? [`其中 ${group(forfeited)} 分此前已到期`] : []),
    ...(owed > 0 ? [`${group(owed)} 分已被花掉，记为欠分，以后获得的积分先抵还`] : []),
    ...(letGo > 0 ? [`${group(letGo)} 分已被花掉，按规则不再追回`] : []),
  ]
}
