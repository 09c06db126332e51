import { PrinterOutlined } from '@ant-design/icons'
import { addDays, addMonths, endOfMonth, isDay } from '@pointbook/shared/day'
import { Button } from 'antd'
import dayjs from 'dayjs'
import { useParams } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { DaysPicker } from '../../../pieces/day-picker.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Missing } from '../../../pieces/lost.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { idIn, useAddress } from '../../../pieces/use-address.ts'
import { Paper } from './paper.tsx'
import './page.css'

export function Component() {
  const shop = useShop()
  return shop ? <StatementPage today={shop.today} /> : <LoadingCard rows={12} />
}

function StatementPage({ today }: { today: string }) {
  const memberId = idIn(useParams()['memberId'])
  if (memberId === null) return <Missing title="没有找到这位会员" to="/members" back="会员列表" />
  return <StatementOf memberId={memberId} today={today} />
}

/** Starts with the last 30 days: on the 1st the present month would be empty. */
function StatementOf({ memberId, today }: { memberId: number; today: string }) {
  const lately = { from: addDays(addMonths(today, -1), 1), to: today }
  const [{ from, to }, change] = useAddress(lately, { from: isDay, to: isDay })
  const member = useRead('GET /admin/members/:memberId', { memberId })
  const statement = useRead('GET /admin/members/:memberId/statement', { memberId, from, to }, { keep: true })
  return (
    <>
      <PageHeader
        back={`/members/${memberId}`}
        title="积分对账单"
        actions={
          <>
            <Period from={from} to={to} today={today} onChange={(period) => change(period)} />
            <Button
              type="primary"
              icon={<PrinterOutlined />}
              disabled={!statement.data || !member.data}
              onClick={() => window.print()}
            >
              打印
            </Button>
          </>
        }
      />
      <RefusalAlert error={member.error ?? statement.error} />
      {member.data && statement.data ? (
        <Paper member={member.data} statement={statement.data} />
      ) : (
        !member.error && !statement.error && <LoadingCard rows={12} />
      )}
    </>
  )
}

interface PeriodProps {
  from: string
  to: string
  today: string
  onChange: (period: { from: string; to: string }) => void
}

const LONGEST_DAYS = 366

function Period({ from, to, today, onChange }: PeriodProps) {
  const firstOfMonth = `${today.slice(0, 7)}-01`
  const lastMonth = addMonths(firstOfMonth, -1)
  const presets = [
    { label: '近一个月', days: [addDays(addMonths(today, -1), 1), today] },
    { label: '本月', days: [firstOfMonth, today] },
    { label: '上月', days: [lastMonth, endOfMonth(lastMonth)] },
    { label: '近三个月', days: [addDays(addMonths(today, -3), 1), today] },
    { label: '今年', days: [`${today.slice(0, 4)}-01-01`, today] },
  ]
  return (
    <DaysPicker
      value={[dayjs(from), dayjs(to)]}
      allowClear={false}
      presets={presets.map(({ label, days }) => ({ label, value: [dayjs(days[0]), dayjs(days[1])] }))}
      disabledDate={(day, { from: chosen }) =>
        day.format('YYYY-MM-DD') > today || (chosen !== undefined && Math.abs(day.diff(chosen, 'day')) >= LONGEST_DAYS)
      }
      onChange={(days) =>
        days?.[0] && days[1] && onChange({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })
      }
    />
  )
}
