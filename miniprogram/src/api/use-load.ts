import Taro, { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { type DependencyList, useCallback, useEffect, useRef, useState } from 'react'
import { textOf } from './wire'

export interface Load<T> {
  data: T | undefined
  /** Why the last try failed, in words; '' when it did not. */
  failure: string
  reload(): Promise<void>
}

/**
 * Loads when `on` changes, when the page returns to the front, and on pull-to-refresh; old data stay until the new answer
 * arrives. Waits while `load` is null.
 */
export function useLoad<T>(load: (() => Promise<T>) | null, on: DependencyList): Load<T> {
  const [state, setState] = useState<{ data: T | undefined; failure: string }>({ data: undefined, failure: '' })
  const latest = useRef(0)
  const answered = useRef(false)
  const current = useRef(load)
  current.current = load

  const reload = useCallback(async () => {
    const turn = ++latest.current
    try {
      const data = await current.current?.()
      if (turn === latest.current) setState({ data, failure: '' })
    } catch (error) {
      if (turn === latest.current) setState((before) => ({ ...before, failure: textOf(error) }))
    }
    answered.current = true
  }, [])

  // The caller names what a new load depends on.
  useEffect(() => {
    reload()
  }, [reload, ...on])

  // The first appearance of the page is covered by the load above; later ones load again.
  useDidShow(() => {
    if (answered.current) reload()
  })
  usePullDownRefresh(() => {
    reload().finally(Taro.stopPullDownRefresh)
  })
  return { ...state, reload }
}
