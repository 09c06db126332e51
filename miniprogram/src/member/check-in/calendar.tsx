import type { Api } from '@pointbook/shared/contract/index'
import { addDays, endOfMonth, weekdayOf } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { MonthHead } from '../../components/month-head'
import { Tap } from '../../components/tap'
import './calendar.scss'

type Month = Api['GET /me/check-ins']['reply']

const weekdays = ['一', '二', '三', '四', '五', '六', '日']

interface Props {
  data: Month
  onMonth(month: string): void
  /** A day left out that may still be made up for was tapped. */
  onMissed(on: string): void
}

export function Calendar({ data, onMonth, onMissed }: Props) {
  const first = `${data.month}-01`
  const points = new Map(data.days.map(({ on, points }) => [on, points]))
  const missed = new Set(data.makeUp && data.makeUp.left > 0 ? data.makeUp.days.map(({ on }) => on) : [])
  return (
    <View className="card">
      <MonthHead month={data.month} last={data.today.slice(0, 7)} onMonth={onMonth} />
      <View className="calendar">
        {weekdays.map((name) => (
          <View key={name} className="calendar-weekday">
            {name}
          </View>
        ))}
        {daysOf(first).map(({ key, on }) => (
          <Tap
            key={key}
            className={missed.has(on) ? 'calendar-day calendar-missed' : look(on, data.today, points.has(on))}
            onTap={missed.has(on) ? () => onMissed(on) : undefined}
          >
            <View className="digits">{on && Number(on.slice(8))}</View>
            {points.has(on) && <View className="calendar-points">+{points.get(on)}</View>}
            {missed.has(on) && <View className="calendar-points">补签</View>}
          </Tap>
        ))}
      </View>
    </View>
  )
}

/** The month's days with blanks before the first, so that Monday is the first column. */
function daysOf(first: string): { key: string; on: string }[] {
  const blanks = Array.from({ length: weekdayOf(first) - 1 }, (_, place) => ({ key: `blank-${place}`, on: '' }))
  const length = Number(endOfMonth(first).slice(8))
  const days = Array.from({ length }, (_, place) => addDays(first, place))
  return [...blanks, ...days.map((on) => ({ key: on, on }))]
}

function look(on: string, today: string, done: boolean): string {
  if (done) return 'calendar-day calendar-done'
  if (on === today) return 'calendar-day calendar-today'
  return on > today ? 'calendar-day calendar-ahead' : 'calendar-day'
}
