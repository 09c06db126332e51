import { dayText, weekdayOf } from '@pointbook/shared/day'
import { weekdays } from '@pointbook/shared/words'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { Figure, Figures } from '../../../pieces/figure.tsx'
import { countText, deltaText, moneyText } from '../../../pieces/numbers.ts'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { FactorReminder } from './factor-reminder.tsx'
import { FirstSteps } from './first-steps.tsx'
import { Latest } from './latest.tsx'
import { Liability } from './liability.tsx'
import { LowStock } from './low-stock.tsx'
import { Movements } from './movements.tsx'
import './page.css'
import type { Dashboard } from './types.ts'

export function Component() {
  const shop = useShop()
  const { data, error, refetch } = useRead('GET /admin/dashboard', {}, { refetchMs: 60_000 })
  const today = shop && `${dayText(shop.today)} ${weekdays[weekdayOf(shop.today)]}`
  return (
    <>
      <PageHeader title="概览" hint={today} />
      <RefusalAlert error={error} onRetry={refetch} />
      <FactorReminder />
      <FirstSteps members={data?.members} />
      <TodayFigures data={data} />
      <div className="dashboard-wide">
        <Movements days={data?.days} />
        <Liability months={data?.liability} />
      </div>
      <div className="dashboard-wide">
        <Latest rows={data?.latest} />
        <LowStock rows={data?.lowStock} listed={data?.listedItems} />
      </div>
    </>
  )
}

function TodayFigures({ data }: { data: Dashboard | undefined }) {
  const loading = !data
  const today = data?.pointsToday
  return (
    <Figures>
      <Figure
        loading={loading}
        label="会员"
        value={countText(data?.members ?? 0)}
        unit="人"
        note={`今日新增 ${countText(data?.newToday ?? 0)} · 今日活跃 ${countText(data?.activeToday ?? 0)}`}
      />
      <Figure
        loading={loading}
        label="今日发放"
        value={countText(today?.issued ?? 0)}
        unit="分"
        tone="green"
        note={`收回 ${countText(today?.reversed ?? 0)} · 调整 ${deltaText(today?.adjusted ?? 0)}`}
      />
      <Figure
        loading={loading}
        label="今日使用"
        value={countText(today?.redeemed ?? 0)}
        unit="分"
        note={`今日到期 ${countText(today?.expired ?? 0)}`}
      />
      <Figure
        loading={loading}
        label="会员手中的积分"
        value={countText(data?.outstanding ?? 0)}
        unit="分"
        note={`约合 ${moneyText(data?.outstandingFen ?? 0)}`}
      />
      <Figure
        loading={loading}
        label="等待取货"
        value={countText(data?.waitingOrders ?? 0)}
        unit="单"
        tone={data?.waitingOrders ? 'amber' : 'plain'}
        note={<Link to="/redemptions">查看兑换订单</Link>}
      />
    </Figures>
  )
}
