import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useWrite } from '../../api/use-write'
import { Confirm, Sheet } from '../../components/sheet'
import { Tap } from '../../components/tap'
import { whenText } from '../../time'

type Approval = Api['GET /clerk/approvals']['reply']['own'][number]

const states: Record<Approval['state'], string> = {
  waiting: '等待审批',
  approved: '已通过',
  refused: '没有通过',
  withdrawn: '已撤回',
  ended: '没有记上',
}

/** The clerk's purchases that wait for a second person, and what came of those of the last week; nothing for none. */
export function HandedIn() {
  const approvals = useLoad(() => call('GET /clerk/approvals'), [])
  const [shown, setShown] = useState<Approval>()
  const own = approvals.data?.own ?? []
  if (own.length === 0) return null
  return (
    <>
      <Text className="till-today">我提交的审批</Text>
      <View className="card day-rows">
        {own.map((approval) => (
          <Tap key={approval.approvalId} className="day-row" onTap={() => setShown(approval)}>
            <View className="grow">
              <View className="one-line">{approval.title}</View>
              <View className="quiet one-line">
                <Text className="digits">{whenText(approval.askedAt)}</Text> {approval.member?.nickname}
              </View>
            </View>
            <View className={`handed-in handed-in-${approval.state}`}>{states[approval.state]}</View>
          </Tap>
        ))}
      </View>
      {shown && <Course approval={shown} onClose={() => setShown(undefined)} onChange={approvals.reload} />}
    </>
  )
}

interface CourseProps {
  approval: Approval
  onClose(): void
  onChange(): void
}

/** What happened to one of them; what still waits can be taken back. */
function Course({ approval, onClose, onChange }: CourseProps) {
  const { approvalId, state, because, decidedBy, decidedAt, reason, outcome, title } = approval
  const [withdraw, busy] = useWrite('POST /clerk/approvals/:approvalId/withdrawal')
  const take = async () => {
    if (!(await withdraw({ approvalId }))) return
    onClose()
    onChange()
  }
  if (state === 'waiting')
    return (
      <Confirm open title={title} yes="撤回" kind="danger" busy={busy} onYes={take} onClose={onClose}>
        <View className="quiet">{because}，正在等店长或商家审批。通过以后积分才到账。</View>
        <View className="quiet">会员不买了，或者记错了，可以撤回重记。</View>
      </Confirm>
    )
  return (
    <Sheet open title={title} onClose={onClose}>
      <View>
        {states[state]}：{decidedBy}，<Text className="digits">{decidedAt && whenText(decidedAt)}</Text>
      </View>
      {outcome && <View className="quiet">{outcome}</View>}
      {reason && reason !== outcome && <View className="quiet">审批意见：{reason}</View>}
    </Sheet>
  )
}
