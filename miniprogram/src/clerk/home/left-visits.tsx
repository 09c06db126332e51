import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { Icon } from '../../components/icon'
import { Confirm } from '../../components/sheet'
import { Tap } from '../../components/tap'
import { linesOf } from '../customer/lines'
import { leftText, secondsUntil } from '../customer/who'
import { drop, goOn, isOpen, useLeftVisits } from '../served'
import type { Post } from '../use-workplace'
import type { OpenVisit } from '../visit'

/** Purchases of today that the clerk has left half typed; after a quarter of an hour they take another code of the member. */
export function LeftVisits(post: Post) {
  const [, setTicks] = useState(0)
  const [dropping, setDropping] = useState<OpenVisit>()
  const left = useLeftVisits(post)
  const some = left.length > 0
  useEffect(() => {
    if (!some) return
    const ticking = setInterval(() => setTicks((ticks) => ticks + 1), 1000)
    return () => clearInterval(ticking)
  }, [some])
  if (!some) return null
  const confirm = () => {
    if (dropping) drop(dropping)
    setDropping(undefined)
  }
  return (
    <View className="card">
      <View className="card-title">还没记完</View>
      {left.map((open) => (
        <LeftVisit key={open.visit.member.memberId} open={open} onDrop={() => setDropping(open)} />
      ))}
      <Confirm
        open={dropping !== undefined}
        title="不记这一单了？"
        yes="不记了"
        kind="danger"
        onYes={confirm}
        onClose={() => setDropping(undefined)}
      >
        填好的内容会删去，会员不会得到积分。
      </Confirm>
    </View>
  )
}

function LeftVisit({ open, onDrop }: { open: OpenVisit; onDrop(): void }) {
  const { amountFen } = linesOf(open.draft, () => {})
  const { nickname } = open.visit.member
  const resume = () => {
    goOn(open)
    Taro.navigateTo({ url: '/clerk/customer/index' })
  }
  return (
    <View className="left-visit">
      <Tap className="grow left-visit-go" onTap={resume}>
        <View className="grow one-line">
          接着给{nickname}记 <Text className="digits">¥{yuan(amountFen)}</Text>
        </View>
        <Text className="quiet digits">
          {isOpen(open) ? `还剩 ${leftText(secondsUntil(open.endsMs))}` : '要再扫一次码'}
        </Text>
        <Icon name="right" size={30} color="var(--ink-3)" />
      </Tap>
      <Tap className="left-visit-drop" label={`不记${nickname}的这一单`} onTap={onDrop}>
        <Icon name="close" size={32} color="var(--ink-3)" />
      </Tap>
    </View>
  )
}
