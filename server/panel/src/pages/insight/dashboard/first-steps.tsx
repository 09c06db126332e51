import { CheckCircleFilled, CloseOutlined, RightCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'

const HIDDEN = 'pointbook.first-steps.hidden'

/** The first steps of a new shop; hidden when all are done or the merchant dismisses them. */
export function FirstSteps({ members }: { members: number | undefined }) {
  const [hidden, setHidden] = useState(() => localStorage.getItem(HIDDEN) === 'yes')
  const stores = useRead('GET /admin/stores', {}, { enabled: !hidden }).data?.rows
  const items = useRead('GET /admin/items', {}, { enabled: !hidden }).data?.rows
  const staff = useRead('GET /admin/staff', {}, { enabled: !hidden }).data?.rows
  const policy = useRead('GET /admin/policy', {}, { enabled: !hidden }).data
  if (hidden || members === undefined || !stores || !items || !staff || !policy) return null

  const steps = [
    { title: '建好门店', hint: '会员到哪里取货、消费', to: '/stores', done: stores.some(({ open }) => open) },
    { title: '定好积分规则', hint: `现在用的是「${policy.inForce.name}」`, to: '/policy', done: policy.latest > 1 },
    { title: '上架商品', hint: '让积分有去处', to: '/mall', done: items.some(({ listed }) => listed) },
    { title: '安排店员', hint: '由店员扫码记积分', to: '/stores', done: staff.length > 0 },
    { title: '迎来第一位会员', hint: '邀请一位朋友试试', to: '/members', done: members > 0 },
  ]
  if (steps.every(({ done }) => done)) return null
  const hide = () => {
    localStorage.setItem(HIDDEN, 'yes')
    setHidden(true)
  }
  return (
    <Card
      title="开张前的几件事"
      extra={<Button type="text" size="small" icon={<CloseOutlined />} onClick={hide} aria-label="不再提示" />}
      style={{ marginBottom: 16 }}
    >
      <div className="first-steps">
        {steps.map(({ title, hint, to, done }) => (
          <Link key={title} to={to} className={done ? 'first-step first-step-done' : 'first-step'}>
            {done ? <CheckCircleFilled className="gain" /> : <RightCircleOutlined style={{ color: 'var(--amber)' }} />}
            <div>
              <div>{title}</div>
              <div className="soft small">{done ? '已完成' : hint}</div>
            </div>
          </Link>
        ))}
      </div>
    </Card>
  )
}
