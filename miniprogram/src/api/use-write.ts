import type { Api, Operation } from '@pointbook/shared/contract/index'
import Taro from '@tarojs/taro'
import { useRef, useState } from 'react'
import { call } from './call'
import { newRequestId } from './request-id'
import { textOf } from './wire'

export type Writing = { [Op in Operation]: Api[Op]['input'] extends { requestId: string } ? Op : never }[Operation]
export type Wish<Op extends Writing> = Omit<Api[Op]['input'], 'requestId'>

export const toast = (error: unknown) => {
  Taro.showToast({ title: textOf(error), icon: 'none', duration: 2500 })
}

/**
 * A write for a button: `busy` while it is under way. A failure is shown, as a toast unless `tell` does otherwise, and returns
 * undefined. The request id is created once per intention and reused in retries, so that a lost answer never causes a second
 * effect.
 */
export function useWrite<Op extends Writing>(op: Op, tell = toast) {
  const intention = useRef({ wish: '', requestId: '' })
  const [act, busy] = useAct(tell)

  const write = (wish: Wish<Op>) =>
    act(async () => {
      const wanted = JSON.stringify(wish)
      if (intention.current.wish !== wanted) intention.current = { wish: wanted, requestId: newRequestId() }
      const input = { ...wish, requestId: intention.current.requestId } as unknown as Api[Op]['input']
      const reply = await (call as (op: Op, input: Api[Op]['input']) => Promise<Api[Op]['reply']>)(op, input)
      intention.current = { wish: '', requestId: '' }
      return reply
    })
  return [write, busy] as const
}

/** Runs one action at a time for a button; a failure is shown and returns undefined. */
export function useAct(tell = toast) {
  const running = useRef(false)
  const [busy, setBusy] = useState(false)

  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (running.current) return undefined
    running.current = true
    setBusy(true)
    try {
      return await work()
    } catch (error) {
      tell(error)
      return undefined
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return [act, busy] as const
}
