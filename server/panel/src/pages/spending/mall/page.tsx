import { PlusOutlined } from '@ant-design/icons'
import { Card, Segmented, Select, Skeleton } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { Search } from '../../../pieces/search.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress } from '../../../pieces/use-address.ts'
import { ItemCard, isLow } from './item-card.tsx'
import { ItemDrawer } from './item-drawer.tsx'
import './page.css'
import { Act } from '../../../pieces/act.tsx'
import type { Item } from './types.ts'

const defaults = { q: '', category: '', shelf: '', item: '' }

const shelves = [
  { value: '', label: '全部' },
  { value: 'listed', label: '上架中' },
  { value: 'unlisted', label: '已下架' },
  { value: 'low', label: '库存紧张' },
]

function shows(item: Item, { q, category, shelf }: typeof defaults) {
  if (q && !`${item.name} ${item.category}`.toLowerCase().includes(q.toLowerCase())) return false
  if (category && item.category !== category) return false
  if (shelf === 'low') return isLow(item)
  return shelf === '' || item.listed === (shelf === 'listed')
}

export function Component() {
  const [address, change] = useAddress(defaults, { shelf: among(shelves) })
  const { data, error, refetch } = useRead('GET /admin/items', {})
  const items = data?.rows ?? []
  const categories = [...new Set(items.map((item) => item.category))]
  const shown = items.filter((item) => shows(item, address))
  const open = address.item === 'new' ? 'new' : items.find(({ itemId }) => String(itemId) === address.item)
  return (
    <>
      <PageHeader
        title="积分商城"
        hint={data && `${items.filter(({ listed }) => listed).length} 件上架中，会员在小程序里用积分兑换`}
        actions={
          <Act op="POST /admin/items" type="primary" icon={<PlusOutlined />} onClick={() => change({ item: 'new' })}>
            添加商品
          </Act>
        }
      />
      <Card>
        <Toolbar>
          <Search
            key={address.q}
            defaultValue={address.q}
            placeholder="商品名称"
            maxLength={40}
            style={{ width: 240 }}
            onSearch={(q) => change({ q: q.trim() })}
          />
          <Select
            value={address.category}
            onChange={(category) => change({ category })}
            options={[{ value: '', label: '所有分类' }, ...categories.map((name) => ({ value: name, label: name }))]}
            style={{ width: 140 }}
            aria-label="分类"
          />
          <Segmented
            aria-label="商品状态"
            options={shelves}
            value={address.shelf}
            onChange={(shelf) => change({ shelf })}
          />
        </Toolbar>
        <RefusalAlert error={error} onRetry={refetch} />
        {!data && !error && <Skeleton active paragraph={{ rows: 10 }} />}
        {data && items.length === 0 && (
          <Nothing
            title="商城还是空的"
            hint="先放上两三件小礼品，会员攒积分才有盼头"
            action={
              <Act op="POST /admin/items" type="primary" onClick={() => change({ item: 'new' })}>
                添加第一件商品
              </Act>
            }
          />
        )}
        {items.length > 0 && shown.length === 0 && <Nothing title="没有符合条件的商品" />}
        <div className="items">
          {shown.map((item) => (
            <ItemCard key={item.itemId} item={item} onEdit={() => change({ item: String(item.itemId) })} />
          ))}
        </div>
      </Card>
      {open && <ItemDrawer item={open} categories={categories} onClose={() => change({ item: '' })} />}
    </>
  )
}
