import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useEffect, useSyncExternalStore } from 'react'
import type { Load } from './use-load'
import { textOf } from './wire'

export type SharedAnswer<T> = ReturnType<typeof sharedAnswer<T>>

/** An answer of the server that many parts of a page need: one for all of them, and one question at a time. */
export function sharedAnswer<T>(call: () => Promise<T>) {
  let answer: Omit<Load<T>, 'reload'> = { data: undefined, failure: '' }
  let asking: Promise<void> | null = null
  let latest = 0
  const listeners = new Set<() => void>()

  function set(next: typeof answer) {
    answer = next
    for (const listener of listeners) listener()
  }

  /** Reads now, even while an older read is under way: its answer may be older than a change. */
  function ask(): Promise<void> {
    const turn = ++latest
    const isLatest = () => turn === latest
    const asked = call()
      .then(
        (data) => isLatest() && set({ data, failure: '' }),
        (error) => isLatest() && set({ ...answer, failure: textOf(error) }),
      )
      .then(() => {
        if (isLatest()) asking = null
      })
    asking = asked
    return asked
  }

  return {
    ask,
    /** Reads, unless a read is under way. */
    refresh: () => asking ?? ask(),
    read: () => answer,
    forget() {
      latest++
      asking = null
      set({ data: undefined, failure: '' })
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The shared answer on a page: read when the page opens, when it returns to the front, and on pull-to-refresh. */
export function useShared<T>({ ask, refresh, read, subscribe }: SharedAnswer<T>, wanted = true): Load<T> {
  const answer = useSyncExternalStore(subscribe, read)
  useEffect(() => {
    if (wanted && read().data === undefined) refresh()
  }, [wanted, refresh, read])
  useDidShow(() => {
    if (wanted) refresh()
  })
  usePullDownRefresh(() => {
    if (wanted) refresh().finally(Taro.stopPullDownRefresh)
  })
  return { ...answer, reload: ask }
}
