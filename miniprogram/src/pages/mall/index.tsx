import { Input, Picker, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useMe } from '../../api/use-me'
import { usePages } from '../../api/use-pages'
import { Button } from '../../components/button'
import { Chips } from '../../components/chips'
import { Icon } from '../../components/icon'
import { ItemTiles } from '../../components/item-tile'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分商城', enablePullDownRefresh: true })

const sorts = [
  { key: 'recommended', text: '推荐' },
  { key: 'points', text: '积分从少到多' },
  { key: 'newest', text: '最新上架' },
  { key: 'popular', text: '兑换最多' },
] as const

export default function Mall() {
  const me = useMe()
  const [category, setCategory] = useState('')
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  const [affordable, setAffordable] = useState(false)
  const [sort, setSort] = useState<(typeof sorts)[number]>(sorts[0])
  const search = (words: string) => {
    setTyped(words)
    setQ(words.trim())
  }
  const usable = me.data?.points.usable
  const maxPoints = affordable ? usable : undefined
  const wish = { category: category || undefined, q: q || undefined, maxPoints, sort: sort.key }
  const items = usePages((cursor) => call('GET /mall/items', { ...wish, cursor }), [category, q, maxPoints, sort.key])
  const categories = ['', ...(items.data?.categories ?? [])].map((key) => ({ key, text: key || '全部' }))

  return (
    <Page>
      <View className="mall-search">
        <Icon name="search" size={36} color="var(--ink-3)" />
        <Input
          className="grow"
          placeholder="搜搜想要的好物"
          confirmType="search"
          maxlength={40}
          value={typed}
          onInput={(e) => setTyped(e.detail.value)}
          onConfirm={(e) => search(e.detail.value)}
          onBlur={(e) => search(e.detail.value)}
        />
        {typed && (
          <Tap label="清空" onTap={() => search('')}>
            <Icon name="close" size={32} color="var(--ink-3)" />
          </Tap>
        )}
        {usable !== undefined && (
          <Text className="mall-mine">
            我有 <Points value={usable} /> 分
          </Text>
        )}
      </View>
      <Chips options={categories} chosen={category} onChoose={setCategory} />
      <View className="mall-tools">
        <Picker
          mode="selector"
          range={sorts.map(({ text }) => text)}
          value={sorts.indexOf(sort)}
          onChange={(e) => setSort(sorts[Number(e.detail.value)] ?? sorts[0])}
        >
          <View className="mall-sort">
            <Text>{sort.text}</Text>
            <Icon name="down" size={26} />
          </View>
        </Picker>
        {usable !== undefined && (
          <Tap
            className={affordable ? 'mall-can mall-can-on' : 'mall-can'}
            chosen={affordable}
            onTap={() => setAffordable(!affordable)}
          >
            {affordable && <Icon name="check" size={26} />}
            <Text>只看我能兑的</Text>
          </Tap>
        )}
      </View>
      <Loaded from={items} rows={4}>
        {() =>
          items.rows.length ? (
            <>
              <ItemTiles items={items.rows} />
              <ListEnd of={items} />
            </>
          ) : (
            <Nothing
              onAll={() => {
                setCategory('')
                search('')
                setAffordable(false)
              }}
            />
          )
        }
      </Loaded>
    </Page>
  )
}

function Nothing({ onAll }: { onAll(): void }) {
  return (
    <Empty drawing="search" title="没有找到合适的" text="换个词，或者看看全部好物">
      <Button kind="quiet" small onTap={onAll}>
        看全部
      </Button>
    </Empty>
  )
}
