import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { Icon } from '../../components/icon'
import { Tap } from '../../components/tap'
import { linesOf } from '../customer/lines'
import { leftText, secondsUntil } from '../customer/who'
import { goOn, type OpenVisit, useLeftVisits } from '../served'

/** Purchases that the clerk has left half typed, as long as their visits last. */
export function LeftVisits() {
  const [, setTicks] = useState(0)
  const left = useLeftVisits()
  const some = left.length > 0
  useEffect(() => {
    if (!some) return
    const ticking = setInterval(() => setTicks((ticks) => ticks + 1), 1000)
    return () => clearInterval(ticking)
  }, [some])
  if (!some) return null
  return (
    <View className="card">
      <View className="card-title">还没记完</View>
      {left.map((open) => (
        <LeftVisit key={open.visit.member.memberId} open={open} />
      ))}
    </View>
  )
}

function LeftVisit({ open }: { open: OpenVisit }) {
  const { amountFen } = linesOf(open.draft, () => {})
  const resume = () => {
    goOn(open)
    Taro.navigateTo({ url: '/clerk/customer/index' })
  }
  return (
    <Tap className="left-visit" onTap={resume}>
      <View className="grow one-line">
        接着给{open.visit.member.nickname}记 <Text className="digits">¥{yuan(amountFen)}</Text>
      </View>
      <Text className="quiet digits">还剩 {leftText(secondsUntil(open.endsMs))}</Text>
      <Icon name="right" size={30} color="var(--ink-3)" />
    </Tap>
  )
}
