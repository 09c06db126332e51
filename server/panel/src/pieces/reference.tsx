import { type ParsedReference, parseReference } from '@pointbook/shared/references'
import { Link } from 'react-router'

const kinds: Record<ParsedReference['kind'], { label: (id: string) => string; path?: (id: string) => string }> = {
  admin: { label: (login) => login || '后台' },
  address: { label: (address) => address },
  clerk: { label: () => '店员', path: (id) => `/members/${id}` },
  member: { label: () => '会员', path: (id) => `/members/${id}` },
  item: { label: () => '商品', path: (id) => `/mall?item=${id}` },
  policy: {
    label: (version) => (version ? `第 ${version} 版规则` : '积分规则'),
    path: (version) => (version ? `/policy/versions/${version}` : '/policy'),
  },
  store: { label: () => '门店', path: () => '/stores' },
  case: { label: (id) => `调查 ${id}`, path: (id) => `/cases/${id}` },
  coupon: { label: (id) => `优惠券 ${id}` },
  compensation: { label: () => '故障补偿', path: () => '/cases?tab=compensations' },
  announcement: { label: () => '公告', path: () => '/announcements' },
  settings: { label: () => '店铺设置', path: () => '/settings' },
  cards: { label: () => '会员卡', path: () => '/settings' },
  'api-key': { label: () => '开放接口', path: () => '/open-api' },
  partner: { label: () => '开放接口', path: () => '/open-api' },
  clock: { label: () => '演示时钟', path: () => '/settings' },
  backup: { label: () => '备份' },
  history: { label: () => '历史导入' },
  system: { label: () => '系统' },
}

/** A reference such as `member/10000001`, shown by its name where known, with a link. */
export function Reference({ to, name }: { to: string; name?: string }) {
  const reference = parseReference(to)
  if (!reference) return <>{to}</>
  const known = kinds[reference.kind]
  const id = String(reference.id ?? '')
  const text = name || known.label(id)
  return known.path ? (
    <Link to={known.path(id)} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  ) : (
    text
  )
}
