import { Card, Segmented, Select } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useTags } from '../../../api/use-tags.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { MemberCell, StandingTag } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { Search } from '../../../pieces/search.tsx'
import { Tags } from '../../../pieces/tags.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress, usePages, useSearchText } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'

type Row = Reply<'POST /admin/members/search'>['rows'][number]
type Standing = Row['standing']

const standings = [
  { value: '', label: '全部' },
  { value: 'active', label: '正常' },
  { value: 'frozen', label: '已冻结' },
  { value: 'cancelled', label: '已注销或合并' },
]

export function Component() {
  const [{ standing, tier, tag }, change] = useAddress(
    { standing: '', tier: '', tag: '' },
    { standing: among(standings) },
  )
  const [q, search] = useSearchText()
  const pages = usePages()
  const navigate = useNavigate()
  const query = useRead(
    'POST /admin/members/search',
    {
      q,
      standing: (standing || undefined) as Standing | undefined,
      tierId: tier || undefined,
      tag: tag || undefined,
      cursor: pages.cursor,
    },
    { keep: true },
  )
  const policy = useRead('GET /admin/policy', {})
  const levels = policy.data?.inForce.tiers.levels ?? []
  const { tags } = useTags()
  const searching = [q, standing, tier, tag].some((asked) => asked !== '')
  return (
    <>
      <PageHeader title="会员" hint="按会员号、手机号（完整或后四位）、卡号或昵称查找" />
      <Card>
        <Toolbar>
          <Search
            key={q}
            defaultValue={q}
            placeholder="会员号 / 手机号 / 昵称"
            maxLength={40}
            style={{ width: 300 }}
            onSearch={(text) => search(text.trim())}
          />
          {levels.length > 0 && (
            <Select
              value={tier}
              onChange={(value) => change({ tier: value })}
              options={[
                { value: '', label: '所有等级' },
                ...levels.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              style={{ width: 140 }}
              aria-label="等级"
            />
          )}
          {(tags.length > 0 || tag !== '') && (
            <Select
              value={tag || undefined}
              onChange={(value) => change({ tag: value ?? '' })}
              options={tags.map((one) => ({ value: one.tag, label: `${one.tag}（${countText(one.members)} 人）` }))}
              placeholder="所有标签"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: 180 }}
              aria-label="标签"
            />
          )}
          <Segmented
            aria-label="账户状态"
            options={standings}
            value={standing}
            onChange={(value) => change({ standing: value })}
          />
        </Toolbar>
        <Rows<Row>
          name="会员"
          query={query}
          columns={columns}
          rowKey={({ memberId }) => memberId}
          pages={pages}
          onOpen={({ memberId }) => navigate(`/members/${memberId}`)}
          empty={
            searching ? (
              <Nothing title="没有找到符合的会员" hint="换个写法试试，例如只输入手机号后四位" />
            ) : (
              <Nothing title="还没有会员" hint="顾客在小程序里注册后就会出现在这里" />
            )
          }
        />
      </Card>
    </>
  )
}

const columns = [
  {
    title: '会员',
    render: (_: unknown, row: Row) => (
      <Link to={`/members/${row.memberId}`} style={{ color: 'inherit' }}>
        <MemberCell {...row} />
      </Link>
    ),
  },
  { title: '手机', dataIndex: 'phoneMasked', className: 'digits' },
  {
    title: '等级',
    dataIndex: 'tierName',
    render: (name: string) => (name ? <Mark tone="gold">{name}</Mark> : <span className="soft">—</span>),
  },
  { title: '标签', dataIndex: 'tags', render: (tags: string[]) => <Tags tags={tags} most={3} /> },
  {
    title: '积分',
    dataIndex: 'balance',
    align: 'right' as const,
    render: (points: number) => <strong className="digits">{countText(points)}</strong>,
  },
  { title: '最近活跃', dataIndex: 'lastActiveAt', render: (at: string | null) => <When at={at} /> },
  { title: '加入时间', dataIndex: 'joinedAt', render: (at: string) => <When at={at} /> },
  {
    title: '状态',
    dataIndex: 'standing',
    render: (standing: Standing, { merged }: Row) => <StandingTag standing={standing} merged={merged} />,
  },
]
