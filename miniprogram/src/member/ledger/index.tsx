import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe, useUsableLabel } from '../../api/use-me'
import { usePages } from '../../api/use-pages'
import { useRules, waysText } from '../../api/use-rules'
import { Cell } from '../../components/cell'
import { Chips } from '../../components/chips'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { usePageParams } from '../../launch'
import { open } from '../../navigate'
import { comingDay, monthAt, monthText } from '../../time'
import { Curve } from './curve'
import { Row } from './row'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分明细', enablePullDownRefresh: true })

type Entry = Api['GET /me/entries']['reply']['rows'][number]

const filters = [
  { key: 'all', text: '全部' },
  { key: 'in', text: '获得' },
  { key: 'out', text: '使用' },
  { key: 'expired', text: '过期' },
] as const

type Filter = (typeof filters)[number]['key']

export default membersOnly(Ledger)

function Ledger() {
  const asked = usePageParams().filter
  const [filter, setFilter] = useState<Filter>(filters.find(({ key }) => key === asked)?.key ?? 'all')
  const me = useMe()
  const usableLabel = useUsableLabel()
  const { offers } = useRules()
  const soonest = me.data?.points.expiring[0]
  const curve = useLoad(() => call('GET /me/curve', { days: 90 }), [])
  const entries = usePages((cursor) => call('GET /me/entries', { filter, cursor }), [filter])

  return (
    <Page>
      <View className="card">
        <View className="quiet">{usableLabel}</View>
        <View className="ledger-balance">{me.data ? <Points value={me.data.points.usable} /> : '—'}</View>
        {soonest && (
          <View className="quiet">
            其中 {group(soonest.points)} 分将于 {comingDay(soonest.on, soonest.daysLeft)}到期
          </View>
        )}
        {curve.data && curve.data.days.length > 1 && <Curve days={curve.data.days} />}
      </View>
      <View className="card cells">
        <Cell
          icon="receipt"
          label="月度对账单"
          value={<Text className="quiet">也能查过去某天的余额</Text>}
          onTap={() => open('/member/statement/index')}
        />
      </View>
      <View className="ledger-filters">
        <Chips options={filters} chosen={filter} onChoose={setFilter} />
      </View>
      <Loaded from={entries} rows={4}>
        {() =>
          entries.rows.length === 0 ? (
            <Empty drawing="book" title="这里还没有记录" text={waysText(offers)} />
          ) : (
            <>
              {byMonth(entries.rows).map(({ month, rows }) => (
                <View key={month}>
                  <View className="ledger-month">{monthText(month)}</View>
                  <View className="card cells">
                    {rows.map((entry) => (
                      <Row key={entry.seq} entry={entry} />
                    ))}
                  </View>
                </View>
              ))}
              <ListEnd of={entries} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function byMonth(rows: Entry[]) {
  const months: { month: string; rows: Entry[] }[] = []
  for (const row of rows) {
    const month = monthAt(row.at)
    const last = months[months.length - 1]
    if (last?.month === month) last.rows.push(row)
    else months.push({ month, rows: [row] })
  }
  return months
}
