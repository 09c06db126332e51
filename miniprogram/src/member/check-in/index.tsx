import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useIsFrozen } from '../../api/use-me'
import { useRules } from '../../api/use-rules'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Loaded } from '../../components/states'
import { Calendar } from './calendar'
import './index.scss'
import { MakeUpSheet } from './make-up-sheet'

definePageConfig({ navigationBarTitleText: '每日签到', enablePullDownRefresh: true })

type Month = Api['GET /me/check-ins']['reply']
type CheckInResult = Api['POST /me/check-ins']['reply']

export default membersOnly(CheckIn)

function CheckIn() {
  const [month, setMonth] = useState<string>()
  const checkIns = useLoad(() => call('GET /me/check-ins', { month }), [month])
  const [act, busy] = useAct()
  const [result, setResult] = useState<CheckInResult>()
  const [missed, setMissed] = useState('')
  const { loaded, offers } = useRules()
  const isClosed = loaded.data !== undefined && !offers.includes('check-in')

  const checkIn = async () => {
    const done = await act(() => call('POST /me/check-ins', { points: checkIns.data?.pointsToday }))
    if (done) setResult(done)
    await checkIns.reload()
  }

  const madeUp = async (text: string) => {
    Taro.showToast({ title: text, icon: 'none', duration: 2500 })
    await checkIns.reload()
  }
  const { makeUp } = checkIns.data ?? {}
  const day = makeUp?.days.find(({ on }) => on === missed)

  return (
    <Page>
      <Loaded from={checkIns} rows={2}>
        {(data) => (
          <>
            <Today data={data} given={result} isClosed={isClosed} busy={busy} onTap={checkIn} />
            <Calendar data={data} onMonth={setMonth} onMissed={setMissed} />
            {!isClosed && <View className="check-in-note">每天按门店营业日计算；断签后从第 1 天重新累计。</View>}
            {data.makeUp && <View className="check-in-note">{makeUpNote(data.makeUp)}</View>}
          </>
        )}
      </Loaded>
      {makeUp && day && (
        <MakeUpSheet
          makeUp={makeUp}
          day={day}
          onDone={madeUp}
          onRefused={checkIns.reload}
          onClose={() => setMissed('')}
        />
      )}
    </Page>
  )
}

function makeUpNote({ price, left, days }: NonNullable<Month['makeUp']>): string {
  if (left === 0) return '本月的补签次数已用完。'
  const cost = price > 0 ? `每次 ${group(price)} 分` : '不收积分'
  return days.length > 0 ? `点日历上漏签的日子可以补签，${cost}，本月还可补 ${left} 次。` : `漏签可以补签，${cost}。`
}

interface TodayProps {
  data: Month
  given: CheckInResult | undefined
  /** The shop has no check-in now; an old link still leads here. */
  isClosed: boolean
  busy: boolean
  onTap(): void
}

function Today({ data, given, isClosed, busy, onTap }: TodayProps) {
  const isFrozen = useIsFrozen()
  const obstacle = isClosed ? '签到活动已关闭' : isFrozen ? '账户已冻结，暂时不能签到' : ''
  return (
    <View className="today">
      <View className="today-label">已连续签到</View>
      <View className="today-streak">
        <Points value={data.streak} /> 天
      </View>
      {!isClosed && <Extras data={data} />}
      {data.checkedInToday ? (
        <View className="today-done">
          <Icon name="check" size={36} />
          {given ? given.text : '今天已签到，明天再来'}
        </View>
      ) : (
        <Button kind="gold" busy={busy} disabled={obstacle !== ''} onTap={onTap}>
          {obstacle || (data.pointsToday > 0 ? `签到领 ${group(data.pointsToday)} 分` : '签到')}
        </Button>
      )}
      {given && given.points > 0 && (
        <View className="today-burst">
          <Points value={given.points} signed />
        </View>
      )}
    </View>
  )
}

/** The coming streak bonuses, each with a progress bar. */
function Extras({ data }: { data: Month }) {
  return (
    <View className="extras">
      {data.extras.slice(0, 3).map((extra) => (
        <View key={extra.atDays} className="extra">
          <View className="extra-head">
            <View>连签 {extra.atDays} 天</View>
            <View className="extra-points">+{group(extra.points)}</View>
          </View>
          <View className="extra-bar">
            <View
              className="extra-bar-done"
              style={{ width: `${Math.round((1 - extra.daysLeft / extra.atDays) * 100)}%` }}
            />
          </View>
          <View className="extra-left">还差 {extra.daysLeft} 天</View>
        </View>
      ))}
    </View>
  )
}
