import { Text, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { Face } from '../../components/face'
import { Icon } from '../../components/icon'
import { Points } from '../../components/points'
import type { OpenVisit } from '../visit'

/** The member at the till, their points, and the time left in the visit. */
export function Who({ open: { visit, endsMs }, onEnd }: { open: OpenVisit; onEnd(): void }) {
  const { member } = visit
  return (
    <View className="card who">
      <View className="row">
        <Face big url={member.avatarUrl} name={member.nickname} />
        <View className="grow who-name">
          <View className="who-nickname one-line">{member.nickname}</View>
          <View className="quiet digits one-line">
            {member.phoneMasked} · {member.memberNo}
          </View>
        </View>
        {member.tierName && <View className="who-tier">{member.tierName}</View>}
      </View>
      <View className="who-foot">
        <Text className="grow">
          {member.standing === 'frozen' ? '解冻后可用' : '可用'} <Points value={member.usable} className="who-points" />{' '}
          分
        </Text>
        <Countdown key={visit.visit} endsMs={endsMs} onEnd={onEnd} />
      </View>
    </View>
  )
}

/** A component of its own, because it renders every second. */
function Countdown({ endsMs, onEnd }: { endsMs: number; onEnd(): void }) {
  const [left, setLeft] = useState(() => secondsUntil(endsMs))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit is another countdown
  useEffect(() => {
    const ticking = setInterval(() => {
      const seconds = secondsUntil(endsMs)
      setLeft(seconds)
      if (seconds > 0) return
      clearInterval(ticking)
      onEnd()
    }, 1000)
    return () => clearInterval(ticking)
  }, [])
  return (
    <View className={left < 120 ? 'who-left who-left-short' : 'who-left'}>
      <Icon name="clock" size={30} />
      <Text className="digits">{leftText(left)}</Text>
    </View>
  )
}

export const secondsUntil = (endsMs: number): number => Math.max(0, Math.ceil((endsMs - Date.now()) / 1000))

/** `14:59`. */
export const leftText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
