import {
  ApiOutlined,
  AuditOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  FundOutlined,
  GiftOutlined,
  IdcardOutlined,
  InboxOutlined,
  NotificationOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  ShopOutlined,
  TeamOutlined,
  UserAddOutlined,
  UserDeleteOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Badge, Menu } from 'antd'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import type { Operation } from '../api/call.ts'
import { useRead } from '../api/use-read.ts'
import { countText } from '../pieces/numbers.ts'
import { useMay } from '../session/use-may.tsx'

const places = [
  { path: '/', op: 'GET /admin/dashboard', title: '概览', icon: <DashboardOutlined /> },
  { path: '/members', op: 'POST /admin/members/search', title: '会员', icon: <TeamOutlined /> },
  { path: '/policy', op: 'GET /admin/policy', title: '积分规则', icon: <ProfileOutlined /> },
  { path: '/mall', op: 'GET /admin/items', title: '积分商城', icon: <GiftOutlined /> },
  { path: '/redemptions', op: 'POST /admin/redemptions/search', title: '兑换订单', icon: <InboxOutlined /> },
  { path: '/announcements', op: 'GET /admin/announcements', title: '公告', icon: <NotificationOutlined /> },
  { path: '/anomalies', op: 'GET /admin/anomalies', title: '异常', icon: <WarningOutlined /> },
  { path: '/referrals', op: 'GET /admin/referrals/held', title: '邀请审核', icon: <UserAddOutlined /> },
  { path: '/leave-requests', op: 'GET /admin/leave-requests', title: '注销申请', icon: <UserDeleteOutlined /> },
  { path: '/cases', op: 'GET /admin/cases', title: '调查与补偿', icon: <SafetyCertificateOutlined /> },
  { path: '/approvals', op: 'GET /admin/approvals', title: '审批', icon: <CheckSquareOutlined /> },
  { path: '/stores', op: 'GET /admin/staff', title: '门店与员工', icon: <ShopOutlined /> },
  { path: '/accounts', op: 'GET /admin/accounts', title: '后台账号', icon: <IdcardOutlined /> },
  { path: '/audit-log', op: 'POST /admin/audit-log/search', title: '审计日志', icon: <FileSearchOutlined /> },
  { path: '/liability', op: 'GET /admin/liability', title: '积分负债', icon: <FundOutlined /> },
  { path: '/ledger', op: 'GET /admin/ledger-audit', title: '账目核对', icon: <AuditOutlined /> },
  { path: '/open-api', op: 'GET /admin/api-keys', title: '开放接口', icon: <ApiOutlined /> },
  { path: '/settings', op: 'GET /admin/settings', title: '设置', icon: <SettingOutlined /> },
] as const satisfies { path: string; op: Operation; title: string; icon: ReactNode }[]

/** Pages below those of the menu that need more than these. */
const within = [
  { path: '/accounts/own', op: 'GET /admin/sessions' },
  { path: '/policy/edit', op: 'PUT /admin/policy/draft' },
  { path: '/policy/backtest', op: 'GET /admin/backtests' },
  { path: '/policy/presets', op: 'GET /admin/policy/presets' },
] as const satisfies { path: string; op: Operation }[]

const isAt = (pathname: string) => (place: { path: string }) =>
  pathname === place.path || pathname.startsWith(`${place.path}/`)

/** The operation without which a page has nothing to show; null for unknown addresses. */
export const opOf = (pathname: string): Operation | null =>
  (within.find(isAt(pathname)) ?? places.find(isAt(pathname)))?.op ?? null

/** The first page that an account may see. */
export const firstPlace = (may: (op: Operation) => boolean): string =>
  places.find(({ op }) => may(op))?.path ?? '/accounts/own'

export function SideMenu() {
  const { pathname } = useLocation()
  const may = useMay()
  const approvals = useRead('GET /admin/approvals-count', {}, { refetchMs: 60_000 }).data
  const mayApprove = may('POST /admin/approvals/:approvalId/decision') || (approvals?.own ?? 0) > 0
  const items = places
    .filter(({ path, op }) => may(op) && (path !== '/approvals' || mayApprove))
    .map(({ path, title, icon }) => ({
      key: path,
      icon,
      label: (
        <Link to={path}>
          {title}
          {path === '/approvals' && <WaitingCount count={approvals?.toDecide ?? 0} />}
        </Link>
      ),
    }))
  const here = places.find(isAt(pathname))
  const isOwn = pathname === '/accounts/own'
  return <Menu theme="dark" mode="inline" items={items} selectedKeys={here && !isOwn ? [here.path] : []} />
}

/** How many wait for the account's decision; nothing for none. */
function WaitingCount({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Badge
      count={count}
      overflowCount={99}
      size="small"
      style={{ marginLeft: 8 }}
      title={`${countText(count)} 个待审批`}
    />
  )
}
