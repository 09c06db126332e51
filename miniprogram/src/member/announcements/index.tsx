import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { useEffect } from 'react'
import { call } from '../../api/call'
import { usePages } from '../../api/use-pages'
import { Page } from '../../components/page'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { rememberAnnouncement } from '../../session/announcement'
import { whenText } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '公告', enablePullDownRefresh: true })

type Announcement = Api['GET /announcements']['reply']['rows'][number]

export default function Announcements() {
  const announcements = usePages((cursor) => call('GET /announcements', { cursor }), [])
  const newest = announcements.data?.rows[0]
  useEffect(() => {
    if (newest) rememberAnnouncement(newest)
  }, [newest])
  return (
    <Page>
      <Loaded from={announcements} rows={3}>
        {() =>
          announcements.rows.length ? (
            <>
              {announcements.rows.map((announcement) => (
                <AnnouncementCard key={announcement.announcementId} announcement={announcement} />
              ))}
              <ListEnd of={announcements} />
            </>
          ) : (
            <Empty drawing="mail" title="还没有公告" text="门店的通知和处理结果会公布在这里" />
          )
        }
      </Loaded>
    </Page>
  )
}

function AnnouncementCard({ announcement: { title, body, publishedAt } }: { announcement: Announcement }) {
  return (
    <View className="card">
      <View className="card-title">{title}</View>
      <Text className="announcement-body">{body}</Text>
      <View className="quiet digits">{whenText(publishedAt)}</View>
    </View>
  )
}
