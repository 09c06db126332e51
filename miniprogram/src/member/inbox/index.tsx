import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import { useEffect } from 'react'
import { call } from '../../api/call'
import { useCredits } from '../../api/use-credits'
import { usePages } from '../../api/use-pages'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { whenText } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '消息', enablePullDownRefresh: true })

type Message = Api['GET /me/messages']['reply']['rows'][number]

export default membersOnly(Inbox)

function Inbox() {
  const messages = usePages((cursor) => call('GET /me/messages', { cursor }), [])
  const newest = messages.data?.rows[0]
  const unread = newest && !newest.read ? newest.messageId : 0
  // The dots stay during this visit; the server has stored that the messages were read.
  useEffect(() => {
    if (unread) call('POST /me/messages/read', { upTo: unread }).catch(() => {})
  }, [unread])
  return (
    <Page>
      <Reminders />
      <Loaded from={messages} rows={4}>
        {() =>
          messages.rows.length ? (
            <>
              {messages.rows.map((message) => (
                <MessageCard key={message.messageId} message={message} />
              ))}
              <ListEnd of={messages} />
            </>
          ) : (
            <Empty drawing="mail" title="还没有消息" text="积分、兑换和账户的消息都在这里" />
          )
        }
      </Loaded>
    </Page>
  )
}

function MessageCard({ message }: { message: Message }) {
  return (
    <Tap className="card" onTap={message.page ? () => open(message.page) : undefined}>
      <View className="row">
        {!message.read && <View className="inbox-dot" />}
        <View className="card-title grow one-line">{message.title}</View>
        {message.page && <Icon name="right" size={30} color="var(--ink-3)" />}
      </View>
      <View className="inbox-body">{message.body}</View>
      <View className="quiet digits">{whenText(message.at)}</View>
    </Tap>
  )
}

/** WeChat delivers one message for each yes; here a member sees how many are left and may add one. */
function Reminders() {
  const expiry = useCredits('expiry')
  if (expiry.left === undefined || !expiry.isOffered) return null
  return (
    <View className="card row">
      <View className="grow">
        <View className="card-title">积分到期微信提醒</View>
        <View className="quiet">{expiry.left > 0 ? `还会提醒您 ${expiry.left} 次` : '点一次，到期前微信提醒一次'}</View>
      </View>
      <Button kind="quiet" small busy={expiry.busy} onTap={expiry.ask}>
        {expiry.left > 0 ? '多提醒一次' : '提醒我'}
      </Button>
    </View>
  )
}
