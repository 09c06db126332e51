import { dailyPoints, dayInCycle } from '@pointbook/shared/check-in'
import type { Life, Policy } from '@pointbook/shared/contract/points/policy'
import { lifeText } from '@pointbook/shared/policy-words/expiry'
import { timesText } from '@pointbook/shared/quantities'
import type { ReactNode } from 'react'

const WIDTH = 84
const HEIGHT = 36
const WEEK = [1, 2, 3, 4, 5, 6, 7]
const LONGEST_MONTHS = 24

/** The validity of points; extensions by activity are dashed. */
export function LifeDrawing({ expiry: { life, extension } }: { expiry: Policy['expiry'] }) {
  const end = (WIDTH * Math.min(monthsOf(life), LONGEST_MONTHS)) / LONGEST_MONTHS
  const middle = HEIGHT / 2
  return (
    <Drawing label="有效期" text={extension ? '来一次就延长' : shortText(life)}>
      <line x1="4" y1={middle} x2={WIDTH - 4} y2={middle} className="drawing-faint" />
      <line x1="4" y1={middle} x2={Math.max(4, end - 4)} y2={middle} className="drawing-strong" />
      {extension && <line x1={end} y1={middle} x2={WIDTH - 4} y2={middle} className="drawing-dashed" />}
      <circle cx="4" cy={middle} r="4" className="drawing-dot" />
      {life.type !== 'never' && <circle cx={end} cy={middle} r="4" className="drawing-end" />}
    </Drawing>
  )
}

function monthsOf(life: Life): number {
  switch (life.type) {
    case 'never':
      return LONGEST_MONTHS
    case 'days':
      return life.days / 30
    case 'months':
    case 'month-end':
      return life.months
    case 'year-end':
      return life.years * 12 + 6 + life.graceMonths
  }
}

const shortText = (life: Life) => (life.type === 'months' ? `${life.months} 个月` : lifeText(life))

/** The tiers as stairs. */
export function TierDrawing({ tiers: { levels } }: { tiers: Policy['tiers'] }) {
  const fastest = Math.max(10_000, ...levels.map(({ multiplierBp }) => multiplierBp))
  const count = levels.length > 0 ? `${levels.length} 级` : '不分等级'
  return (
    <Drawing label="等级" text={fastest > 10_000 ? `${count}，至 ${timesText(fastest)}` : count}>
      <Bars values={levels.map((_, at) => at + 1)} />
    </Drawing>
  )
}

/** The points of a week of check-ins, day by day. */
export function CheckInDrawing({ checkIn }: { checkIn: Policy['checkIn'] }) {
  if (!checkIn.enabled)
    return (
      <Drawing label="签到" text="没有签到">
        <Bars values={[]} />
      </Drawing>
    )
  const extraOn = (day: number) => checkIn.extras.find(({ days }) => days === dayInCycle(checkIn, day))?.points ?? 0
  const points = WEEK.map((day) => dailyPoints(checkIn, day) + extraOn(day))
  return (
    <Drawing label="签到" text={`一周 ${points.reduce((sum, one) => sum + one, 0)} 分`}>
      <Bars values={points} />
    </Drawing>
  )
}

/** Columns as high as the values; a thin floor where there are none. */
function Bars({ values }: { values: number[] }) {
  if (values.length === 0)
    return <line x1="4" y1={HEIGHT - 2} x2={WIDTH - 4} y2={HEIGHT - 2} className="drawing-faint" />
  const most = Math.max(...values, 1)
  const step = WIDTH / values.length
  return values.map((value, at) => {
    const height = Math.max(3, (value / most) * HEIGHT)
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a column stands for
        key={at}
        x={at * step + 2}
        y={HEIGHT - height}
        width={step - 4}
        height={height}
        rx="2"
        className={value === most ? 'drawing-top' : 'drawing-bar'}
      />
    )
  })
}

function Drawing({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  return (
    <div className="drawing">
      <span className="soft">{label}</span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}：${text}`}>
        {children}
      </svg>
      <span>{text}</span>
    </div>
  )
}
