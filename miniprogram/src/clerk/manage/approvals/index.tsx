import { Text, View } from '@tarojs/components'
import { Icon } from '../../../components/icon'
import { Page } from '../../../components/page'
import { Empty, Loaded } from '../../../components/states'
import { Tap } from '../../../components/tap'
import { open } from '../../../navigate'
import { whenText } from '../../../time'
import { ForManagers } from '../for-managers'
import { type ToDecide, useToDecide } from '../to-decide'
import './index.scss'

definePageConfig({ navigationBarTitleText: '审批', enablePullDownRefresh: true })

/** What waits for a store manager's decision, in all their stores. */
export default function ApprovalsPage() {
  return <ForManagers>{() => <Waiting />}</ForManagers>
}

function Waiting() {
  const waiting = useToDecide(true)
  return (
    <Page>
      <Loaded from={waiting}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty drawing="mail" title="没有等您审批的" text="店员提交的消费要审批时，会出现在这里" />
          ) : (
            <View className="card">
              {rows.map((row) => (
                <Row key={row.approvalId} row={row} />
              ))}
            </View>
          )
        }
      </Loaded>
    </Page>
  )
}

function Row({ row: { approvalId, title, member, askedBy, askedAt, storeName } }: { row: ToDecide }) {
  return (
    <Tap className="approval-row" onTap={() => open(`/clerk/manage/approval/index?id=${approvalId}`)}>
      <View className="grow">
        <View className="one-line">{title}</View>
        <View className="quiet one-line">{[member?.nickname, storeName].filter(Boolean).join(' · ')}</View>
        <View className="quiet one-line">
          {askedBy} <Text className="digits">{whenText(askedAt).slice(5)}</Text>
        </View>
      </View>
      <Icon name="right" size={30} color="var(--ink-3)" />
    </Tap>
  )
}
