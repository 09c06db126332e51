import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { call } from '../../../api/call'
import { useLoad } from '../../../api/use-load'
import { Cell } from '../../../components/cell'
import { Notice } from '../../../components/notice'
import { Page } from '../../../components/page'
import { BrokenLink, Loaded } from '../../../components/states'
import { idIn, usePageParams } from '../../../launch'
import { whenText } from '../../../time'
import { ForManagers } from '../for-managers'
import { Decision } from './decision'
import './index.scss'

definePageConfig({ navigationBarTitleText: '审批', enablePullDownRefresh: true })

type Detail = Api['GET /clerk/approvals/:approvalId']['reply']

const stateTexts = {
  waiting: '等待审批',
  approved: '已同意',
  refused: '没有同意',
  withdrawn: '已撤回',
  ended: '没有执行',
} satisfies Record<Detail['state'], string>

/** One approval: what would happen, and the decision or what became of it. */
export default function ApprovalPage() {
  return <ForManagers>{() => <Approval />}</ForManagers>
}

function Approval() {
  const approvalId = idIn(usePageParams().id)
  const approval = useLoad(approvalId ? () => call('GET /clerk/approvals/:approvalId', { approvalId }) : null, [
    approvalId,
  ])
  const { data } = approval
  const isMine = data?.state === 'waiting' && data.bar === ''
  return (
    <Page footer={isMine && <Decision approval={data} onChanged={approval.reload} />}>
      {approvalId ? <Loaded from={approval}>{(detail) => <About approval={detail} />}</Loaded> : <BrokenLink />}
    </Page>
  )
}

function About({ approval }: { approval: Detail }) {
  const { title, because, state, facts, member, askedBy, askedAt, storeName, obstacle, bar } = approval
  return (
    <>
      {obstacle !== '' && (
        <Notice stop icon="alert">
          现在同意也不会成功：{obstacle}
        </Notice>
      )}
      <View className="card">
        <View className="approval-title">{title}</View>
        <View className="quiet">{`${because ? `${because}，要审批 · ` : ''}${stateTexts[state]}`}</View>
      </View>
      <View className="card cells">
        {member && <Cell label="会员" value={`${member.nickname} ${member.memberNo}`} />}
        {facts.map(({ label, value, before }) => (
          <Cell key={label} label={label} value={before === null ? value : `${before} → ${value}`} />
        ))}
      </View>
      <View className="card cells">
        <Cell label="提交的人" value={askedBy} />
        <Cell label="提交时间" value={<Text className="digits">{whenText(askedAt)}</Text>} />
        {storeName !== '' && <Cell label="门店" value={storeName} />}
        {approval.decidedAt && (
          <>
            <Cell label="处理的人" value={approval.decidedBy} />
            <Cell label="处理时间" value={<Text className="digits">{whenText(approval.decidedAt)}</Text>} />
            {approval.reason !== '' && <Cell label="原因" value={approval.reason} />}
            {approval.outcome !== '' && <Cell label="结果" value={approval.outcome} />}
          </>
        )}
      </View>
      {state === 'waiting' && bar !== '' && <View className="approval-bar">{bar}</View>}
    </>
  )
}
