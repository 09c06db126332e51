import type { Policy } from '../contract/points/policy.ts'
import { pointsText } from './rule.ts'

/** Paying with points. */
export function offsetText(offset: NonNullable<Policy['offset']>): string {
  const { pointsPerYuan, minimumPoints, stepPoints, maximumShareBp } = offset
  return [
    `${pointsText(pointsPerYuan)}抵 1 元`,
    minimumPoints > 0 && `至少用 ${pointsText(minimumPoints)}`,
    stepPoints > 1 && `每次按 ${pointsText(stepPoints)}的整数倍使用`,
    `最多抵订单的 ${maximumShareBp / 100}%`,
  ]
    .filter(Boolean)
    .join('，')
}

/** When a member is reminded of points that end, and of how few no longer. */
export function reminderText({ daysBefore, minimumPoints }: Policy['reminder']): string {
  const least = minimumPoints > 0 ? `，满 ${pointsText(minimumPoints)}才提醒` : ''
  return `到期前 ${daysBefore} 天提醒${least}`
}
