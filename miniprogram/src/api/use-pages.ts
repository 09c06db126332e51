import { useReachBottom } from '@tarojs/taro'
import { type DependencyList, useState } from 'react'
import { type Load, useLoad } from './use-load'

interface OnePage {
  rows: unknown[]
  next: string | null
}

export interface Pages<T extends OnePage> extends Load<T> {
  rows: T['rows'][number][]
  more: 'idle' | 'loading' | 'failed' | 'end'
  readOn(): Promise<void>
}

/** A list read on by cursor: the first page as `useLoad` does, the next whenever the bottom is reached. */
export function usePages<T extends OnePage>(
  page: ((cursor: string | undefined) => Promise<T>) | null,
  on: DependencyList,
): Pages<T> {
  const [further, setFurther] = useState<OnePage & { of: T | undefined }>()
  const [reading, setReading] = useState<'idle' | 'loading' | 'failed'>('idle')
  const first = useLoad(page && (() => page(undefined)), on)
  // Further pages belong to their first page: a reload starts again from there.
  const read = further?.of === first.data ? further : undefined
  const next = read ? read.next : (first.data?.next ?? null)
  const rows = [...(first.data?.rows ?? []), ...(read?.rows ?? [])]

  const readOn = async () => {
    if (!page || !next || reading === 'loading') return
    setReading('loading')
    try {
      const answer = await page(next)
      setFurther({ of: first.data, rows: [...(read?.rows ?? []), ...answer.rows], next: answer.next })
      setReading('idle')
    } catch {
      setReading('failed')
    }
  }
  useReachBottom(readOn)
  return { ...first, rows, readOn, more: next ? reading : 'end' }
}
