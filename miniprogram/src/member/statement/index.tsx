import type { Api } from '@pointbook/shared/contract/index'
import { type Day, dayText, endOfMonth } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useShop } from '../../api/use-shop'
import { Cell } from '../../components/cell'
import { membersOnly } from '../../components/members-only'
import { MonthHead } from '../../components/month-head'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, Loaded, Skeleton } from '../../components/states'
import { shortDay } from '../../time'
import { Row } from '../ledger/row'
import { BalanceOn } from './balance-on'
import { Balances } from './balances'
import './index.scss'

definePageConfig({ navigationBarTitleText: '对账单', enablePullDownRefresh: true })

type Statement = Api['GET /me/statement']['reply']

export default membersOnly(StatementPage)

function StatementPage() {
  const today = useShop()?.today
  return <Page>{today ? <Months today={today} /> : <Skeleton rows={4} />}</Page>
}

function Months({ today }: { today: Day }) {
  const [month, setMonth] = useState(today.slice(0, 7))
  const first = `${month}-01`
  const statement = useLoad(() => call('GET /me/statement', { from: first, to: endOfMonth(first) }), [month])
  return (
    <>
      <Balances month={month} onMonth={setMonth} />
      <View className="card">
        <MonthHead month={month} last={today.slice(0, 7)} onMonth={setMonth} />
        <Loaded from={statement} rows={1}>
          {(data) => <Sum statement={data} />}
        </Loaded>
      </View>
      {statement.data && <Entries statement={statement.data} />}
      {statement.data && <Outstanding statement={statement.data} />}
      <BalanceOn today={today} />
    </>
  )
}

/** From the opening to the closing balance; zero lines are left out. */
function Sum({ statement: { opening, closing, flows, to } }: { statement: Statement }) {
  const parts = [
    { name: '获得', points: flows.issued },
    { name: '使用', points: -flows.redeemed },
    { name: '到期', points: -flows.expired },
    { name: '收回', points: -flows.reversed },
    { name: '调整', points: flows.adjusted },
  ].filter(({ points }) => points !== 0)
  return (
    <>
      <View className="statement-ends">
        <View>
          <View className="quiet">期初余额</View>
          <Points value={opening} className="statement-opening" />
        </View>
        <View className="statement-closing">
          <View className="quiet">{shortDay(to)}余额</View>
          <Points value={closing} className="statement-closing-points" />
        </View>
      </View>
      {parts.map(({ name, points }) => (
        <View key={name} className="statement-part">
          <View>{name}</View>
          <Points value={points} signed />
        </View>
      ))}
    </>
  )
}

function Entries({ statement: { entries } }: { statement: Statement }) {
  if (entries.length === 0) return <Empty drawing="book" title="这个月没有积分变动" />
  return (
    <View className="card cells">
      {entries.map((entry) => (
        <Row key={entry.seq} entry={entry} />
      ))}
    </View>
  )
}

function Outstanding({ statement: { outstanding, to } }: { statement: Statement }) {
  if (outstanding.length === 0) return null
  return (
    <>
      <View className="statement-title">{shortDay(to)}余下的积分，何时到期</View>
      <View className="card cells">
        {outstanding.map(({ on, points }) => (
          <Cell key={on} label={on ? dayText(on) : '长期有效'} value={<Points value={points} />} />
        ))}
      </View>
    </>
  )
}
