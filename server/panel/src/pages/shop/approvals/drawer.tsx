import { ArrowRightOutlined } from '@ant-design/icons'
import { Alert, Button, Descriptions, Drawer, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useStores } from '../../../api/use-stores.ts'
import { Act } from '../../../pieces/act.tsx'
import { useReturnFocus } from '../../../pieces/editing/use-return-focus.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { When } from '../../../pieces/when.tsx'
import { Changes } from '../../points/policy/changes.tsx'
import { comparePolicies } from '../../points/policy/compare.ts'
import { Decide } from './decide.tsx'
import { StateMark } from './state.tsx'
import { Withdraw } from './withdraw.tsx'

type Detail = Reply<'GET /admin/approvals/:approvalId'>

/** One approval: what exactly would happen, and the decision. */
export function ApprovalDrawer({ approvalId, onClose }: { approvalId: number; onClose: () => void }) {
  const { data, error, refetch } = useRead('GET /admin/approvals/:approvalId', { approvalId }, { fresh: true })
  const [asking, setAsking] = useState<'approve' | 'refuse' | 'withdraw' | null>(null)
  useReturnFocus(true)
  const stop = () => setAsking(null)
  const isWaiting = data?.state === 'waiting'
  return (
    <Drawer
      open
      size={data?.policy ? 640 : 480}
      title={`第 ${approvalId} 号申请`}
      extra={
        data && (isWaiting && data.own ? <span className="soft">等待他人审批</span> : <StateMark state={data.state} />)
      }
      onClose={onClose}
      footer={
        isWaiting && (
          <Space style={{ float: 'right' }}>
            {data.own && <Button onClick={() => setAsking('withdraw')}>撤回</Button>}
            {!data.bar && (
              <>
                <Act op="POST /admin/approvals/:approvalId/decision" danger onClick={() => setAsking('refuse')}>
                  不同意
                </Act>
                <Act
                  op="POST /admin/approvals/:approvalId/decision"
                  type="primary"
                  disabled={!data.figures}
                  onClick={() => setAsking('approve')}
                >
                  同意
                </Act>
              </>
            )}
          </Space>
        )
      }
    >
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <About detail={data} />}
      {data && (asking === 'approve' || asking === 'refuse') && (
        <Decide detail={data} decision={asking} onClose={stop} onDone={onClose} />
      )}
      {data && asking === 'withdraw' && <Withdraw detail={data} onClose={stop} onDone={onClose} />}
    </Drawer>
  )
}

function About({ detail }: { detail: Detail }) {
  const { title, because, obstacle, facts, member, state, policy } = detail
  return (
    <div style={{ display: 'grid', gap: 20 }}>
      <div>
        <div style={{ fontSize: 17, fontWeight: 600 }}>{title}</div>
        <div className="soft">{because}</div>
      </div>
      {obstacle && (
        <Alert
          type="warning"
          showIcon
          title="现在已经不能执行"
          description={`${obstacle}。可以不同意并写明原因，或请提交的人撤回后重新提交。`}
        />
      )}
      {facts.length > 0 && (
        <Descriptions
          title={state === 'waiting' ? '同意以后会这样' : '申请的内容'}
          column={1}
          colon={false}
          size="small"
          styles={{ label: { width: 132, color: 'var(--soft)' } }}
          items={[...whoOf(member), ...facts.map(factItem)]}
        />
      )}
      {policy && state === 'waiting' && <PolicyChanges policy={policy} />}
      <Descriptions
        title="经过"
        column={1}
        colon={false}
        size="small"
        styles={{ label: { width: 132, color: 'var(--soft)' } }}
        items={courseOf(detail)}
      />
    </div>
  )
}

const whoOf = (member: Detail['member']) =>
  member
    ? [
        {
          key: 'member',
          label: '会员',
          children: (
            <span>
              <Link to={`/members/${member.memberId}`}>{member.nickname}</Link>{' '}
              <span className="soft digits">{member.memberNo}</span>
            </span>
          ),
        },
      ]
    : []

const factItem = ({ label, value, before }: Detail['facts'][number], index: number) => ({
  key: String(index),
  label,
  children: before ? <BeforeAfter before={before} after={value} /> : <span>{value}</span>,
})

function courseOf({ askedBy, askedAt, storeName, decidedBy, decidedAt, reason, outcome }: Detail) {
  const items = [
    {
      key: 'asked',
      label: '提交',
      children: (
        <span>
          {[askedBy, storeName].filter(Boolean).join(' · ')}，<When at={askedAt} />
        </span>
      ),
    },
  ]
  if (decidedAt)
    items.push({
      key: 'decided',
      label: '处理',
      children: (
        <span>
          {decidedBy}，<When at={decidedAt} />
        </span>
      ),
    })
  if (reason) items.push({ key: 'reason', label: '审批意见', children: <span>{reason}</span> })
  if (outcome && outcome !== reason) items.push({ key: 'outcome', label: '结果', children: <span>{outcome}</span> })
  return items
}

function BeforeAfter({ before, after }: { before: string; after: string }) {
  return (
    <span className="digits">
      <span className="soft">{before}</span> <ArrowRightOutlined className="soft" aria-label="变为" />{' '}
      <strong>{after}</strong>
    </span>
  )
}

function PolicyChanges({ policy }: { policy: NonNullable<Detail['policy']> }) {
  const { data } = useRead('GET /admin/policy', {})
  const { storeName } = useStores()
  if (!data) return null
  return (
    <section aria-label="规则的变化">
      <div style={{ fontWeight: 600, marginBottom: 12 }}>和现行规则的区别</div>
      <Changes changes={comparePolicies(data.inForce, policy, storeName)} />
    </section>
  )
}
