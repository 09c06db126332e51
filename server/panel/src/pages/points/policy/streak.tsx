import { dailyPoints, dayInCycle } from '@pointbook/shared/check-in'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { countText } from '../../../pieces/numbers.ts'
import './streak.css'

const WEEK = 7
const MOST = 14

/** The first days of check-ins as squares; days with a bonus are highlighted. */
export function Streak({ checkIn }: { checkIn: Policy['checkIn'] }) {
  if (!checkIn.enabled) return null
  return (
    <div className="streak">
      {daysToShow(checkIn).map((day) => {
        const extra = checkIn.extras.find((one) => one.days === dayInCycle(checkIn, day))?.points ?? 0
        return (
          <div key={day} className={extra ? 'streak-day streak-extra' : 'streak-day'}>
            <b className="digits">+{countText(dailyPoints(checkIn, day) + extra)}</b>
            <span>第 {day} 天</span>
          </div>
        )
      })}
    </div>
  )
}

/** A week, or two where the second differs from the first. */
function daysToShow({ scheme, cycleDays, extras }: Policy['checkIn']): number[] {
  const long = (scheme.type === 'cycle' && scheme.days.length > WEEK) || cycleDays > WEEK
  const days = long || extras.some((extra) => extra.days > WEEK) ? MOST : WEEK
  return Array.from({ length: days }, (_, index) => index + 1)
}
