import {
  ApiOutlined,
  AuditOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  FundOutlined,
  GiftOutlined,
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
import { Menu } from 'antd'
import { Link, useLocation } from 'react-router'

const places = [
  { path: '/', title: '概览', icon: <DashboardOutlined /> },
  { path: '/members', title: '会员', icon: <TeamOutlined /> },
  { path: '/policy', title: '积分规则', icon: <ProfileOutlined /> },
  { path: '/mall', title: '积分商城', icon: <GiftOutlined /> },
  { path: '/redemptions', title: '兑换订单', icon: <InboxOutlined /> },
  { path: '/announcements', title: '公告', icon: <NotificationOutlined /> },
  { path: '/anomalies', title: '异常', icon: <WarningOutlined /> },
  { path: '/referrals', title: '邀请审核', icon: <UserAddOutlined /> },
  { path: '/leave-requests', title: '注销申请', icon: <UserDeleteOutlined /> },
  { path: '/cases', title: '调查与补偿', icon: <SafetyCertificateOutlined /> },
  { path: '/stores', title: '门店与员工', icon: <ShopOutlined /> },
  { path: '/audit-log', title: '审计日志', icon: <FileSearchOutlined /> },
  { path: '/liability', title: '积分负债', icon: <FundOutlined /> },
  { path: '/ledger', title: '账目核对', icon: <AuditOutlined /> },
  { path: '/open-api', title: '开放接口', icon: <ApiOutlined /> },
  { path: '/settings', title: '设置', icon: <SettingOutlined /> },
]

const items = places.map(({ path, title, icon }) => ({ key: path, icon, label: <Link to={path}>{title}</Link> }))

export function SideMenu() {
  const { pathname } = useLocation()
  const here = places.findLast((place) => pathname === place.path || pathname.startsWith(`${place.path}/`))
  return <Menu theme="dark" mode="inline" items={items} selectedKeys={here ? [here.path] : []} />
}
