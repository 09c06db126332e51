import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { Load } from '../api/use-load'
import type { Pages } from '../api/use-pages'
import { useShop } from '../api/use-shop'
import { open } from '../navigate'
import { Button } from './button'
import { Drawing, type DrawingName } from './drawing'
import { Tap } from './tap'
import './states.scss'

interface LoadedProps<T> {
  from: Load<T>
  /** Rows of the skeleton shown until the first answer. */
  rows?: number
  children(data: T): ReactNode
}

/** Loaded content; before that a skeleton, and after a failure a button to try again. */
export function Loaded<T>({ from, rows = 3, children }: LoadedProps<T>) {
  // Times are drawn by the shop's clock: they are drawn again when the shop is known.
  useShop()
  if (from.data !== undefined) return <>{children(from.data)}</>
  if (from.failure) return <Failed text={from.failure} onRetry={from.reload} />
  return <Skeleton rows={rows} />
}

const boneKeys = ['a', 'b', 'c', 'd', 'e', 'f']

/** Up to six grey cards in the place of what is coming. */
export function Skeleton({ rows }: { rows: number }) {
  return (
    <View>
      {boneKeys.slice(0, rows).map((key) => (
        <View key={key} className="card bones">
          <View className="bone bone-square" />
          <View className="grow">
            <View className="bone bone-long" />
            <View className="bone bone-short" />
          </View>
        </View>
      ))}
    </View>
  )
}

interface EmptyProps {
  drawing: DrawingName
  title: string
  text?: string
  children?: ReactNode
}

export function Empty({ drawing, title, text, children }: EmptyProps) {
  return (
    <View className="empty">
      <Drawing name={drawing} />
      <View className="empty-title">{title}</View>
      {text && <View className="empty-text">{text}</View>}
      {children && <View className="empty-action">{children}</View>}
    </View>
  )
}

/** A page whose address lacks its parameters, because the link is damaged. */
export function BrokenLink() {
  return (
    <Empty drawing="search" title="这个链接打不开" text="链接可能少了一段，请回首页重新进入">
      <Button kind="quiet" small onTap={() => open('/pages/home/index')}>
        回首页
      </Button>
    </Empty>
  )
}

export function Failed({ text, onRetry }: { text: string; onRetry(): void }) {
  return (
    <Empty drawing="offline" title="没能加载出来" text={text}>
      <Button kind="quiet" small onTap={onRetry}>
        再试一次
      </Button>
    </Empty>
  )
}

const listEnds = {
  idle: '看更多',
  loading: '正在加载…',
  failed: '没能加载更多，点这里再试',
  end: '没有更多了',
} as const

/** The last line of a long list; reaching or tapping it loads the next page. */
export function ListEnd({ of }: { of: Pick<Pages<never>, 'more' | 'readOn'> }) {
  return (
    <Tap className="list-end" onTap={of.more === 'end' ? undefined : of.readOn}>
      {listEnds[of.more]}
    </Tap>
  )
}
