import { View } from '@tarojs/components'
import type { Visit } from '../visit'

/** Notes that the clerk must read before continuing. */
export function Stops({ visit: { by, member }, ended }: { visit: Visit; ended: boolean }) {
  if (member.standing !== 'active')
    return (
      <View className="stop">
        这位会员的账户{member.standing === 'frozen' ? '已冻结' : '已注销'}，这次不能积分。请会员联系商家。
      </View>
    )
  return (
    <>
      {ended && <View className="stop">十五分钟到了。请会员刷新会员码，再扫一次就能接着记，填好的内容都还在。</View>}
      {by !== 'code' && (
        <View className="stop">
          {found[by]}请先问一下姓名，确认是 {member.nickname} 本人。
        </View>
      )}
    </>
  )
}

const found = {
  card: '扫的是会员卡。',
  phone: '是按手机号查到的。',
  number: '是按会员号查到的。',
}
