import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'

/** Repeats `work` while the page is visible; undefined pauses. */
export function useEvery(everyMs: number, work: (() => unknown) | undefined) {
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const current = useRef(work)
  current.current = work
  const runs = shown && work !== undefined
  useEffect(() => {
    if (!runs) return
    const ticking = setInterval(() => current.current?.(), everyMs)
    return () => clearInterval(ticking)
  }, [runs, everyMs])
}
