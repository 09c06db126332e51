import { Tooltip } from 'antd'
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

/** The shop's clock, wherever the merchant's computer stands: minutes east of UTC. */
const SHOP_OFFSET_MINUTES = 8 * 60

export const atShop = (instant: string) => dayjs.utc(instant).utcOffset(SHOP_OFFSET_MINUTES)
/** The instant a wall clock at the shop shows this time. */
export const instantAtShop = (wallClock: string) =>
  dayjs.utc(wallClock).subtract(SHOP_OFFSET_MINUTES, 'minute').toISOString()

export const atMinute = (instant: string) => atShop(instant).format('YYYY-MM-DD HH:mm')

/** An instant, short in a table and whole on hover. */
export function When({ at, now }: { at: string | null; now?: string }) {
  if (!at) return <span className="soft">—</span>
  const time = atShop(at)
  const sameYear = now && atShop(now).year() === time.year()
  return (
    <Tooltip title={time.format('YYYY-MM-DD HH:mm:ss')} mouseEnterDelay={0.4}>
      <span className="digits">{time.format(sameYear ? 'M月D日 HH:mm' : 'YYYY-MM-DD HH:mm')}</span>
    </Tooltip>
  )
}

/** A last usable day; null never ends. */
export function ExpiresOn({ day }: { day: string | null }) {
  return day ? <span className="digits">{day}</span> : <span className="soft">永久有效</span>
}
