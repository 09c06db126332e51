import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Icon } from '../../components/icon'
import { Tap } from '../../components/tap'
import { openAsMember } from '../../navigate'
import { useStanding } from '../../session/session'
import './check-in-strip.scss'

/** Today's check-in in one line; the page behind it does it. */
export function CheckInStrip({ hasStreak }: { hasStreak: boolean }) {
  const standing = useStanding()
  const checkIns = useLoad(standing === 'member' ? () => call('GET /me/check-ins', {}) : null, [standing])
  const { checkedInToday, streak = 0, pointsToday, extras = [] } = checkIns.data ?? {}
  const [extra] = extras
  return (
    <Tap className="card strip" onTap={() => openAsMember('/member/check-in/index')}>
      <View className="strip-mark">
        <Icon name="calendar" size={44} />
      </View>
      <View className="grow">
        <View className="strip-title">{streak > 0 ? `已连续签到 ${streak} 天` : '每日签到'}</View>
        <View className="quiet one-line">
          {extra
            ? `再签 ${extra.daysLeft} 天，额外 +${group(extra.points)} 分`
            : hasStreak
              ? '连续签到有额外积分'
              : '每天一次'}
        </View>
      </View>
      {checkedInToday ? (
        <View className="strip-done">
          <Icon name="check" size={30} />
          <Text>今日已签</Text>
        </View>
      ) : (
        <View className="strip-go">{pointsToday ? `签到 +${group(pointsToday)}` : '去签到'}</View>
      )}
    </Tap>
  )
}
