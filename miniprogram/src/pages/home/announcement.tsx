import { View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useShop } from '../../api/use-shop'
import { Notice } from '../../components/notice'
import { open } from '../../navigate'
import { isNews } from '../../session/announcement'

/** One line for an announcement that has not been read on this phone yet. */
export function AnnouncementLine() {
  const shop = useShop()
  const { data } = useLoad(() => call('GET /announcements', { limit: 1 }), [])
  const [newest] = data?.rows ?? []
  if (!shop || !newest || !isNews(newest, shop.now)) return null
  return (
    <Notice icon="bell" onTap={() => open('/member/announcements/index')}>
      <View className="one-line">公告：{newest.title}</View>
    </Notice>
  )
}
