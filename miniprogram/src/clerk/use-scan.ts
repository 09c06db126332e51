import { Refused } from '@pointbook/shared/client'
import { cleanDigits } from '@pointbook/shared/digits'
import { cleanPhone } from '@pointbook/shared/phone'
import Taro from '@tarojs/taro'
import { useRef } from 'react'
import { call } from '../api/call'
import { useAct, useWrite } from '../api/use-write'
import { wechat } from '../wechat'
import { useProblem } from './problem'
import { serve } from './served'
import type { Post } from './use-workplace'
import type { Scanned } from './visit'

type Kind = Scanned['kind']

/** Only what was typed can be a phone or member number. */
interface Entered {
  text: string
  typed: boolean
}

const pages = { member: '/clerk/customer/index', pickup: '/clerk/pickup/index' } satisfies Record<Kind, string>

const notOurs = (typed: boolean) =>
  new Refused(400, {
    code: 'code.unknown',
    text: typed ? '这不是会员码、取货码、手机号或会员号，请核对后再试' : '这不是会员码或取货码，请核对后再试',
  })

/** Scans a code, or accepts a typed code, phone or member number, and hands over what it is. */
export function useFinding(store: Post | undefined, onFound: (scanned: Scanned, store: Post) => unknown) {
  const { problem, tell, clear } = useProblem()
  const [scanCode, scanning] = useWrite('POST /clerk/scans', tell)
  const [act, looking] = useAct(tell)
  const busy = scanning || looking
  const last = useRef<Entered>({ text: '', typed: false })

  const take = async (entered: Entered): Promise<boolean> => {
    if (!store || busy) return false
    last.current = entered
    clear()
    const digits = cleanDigits(entered.text)
    const member = entered.typed ? memberQuery(entered.text) : undefined
    if (!member && !/^\d{4,64}$/.test(digits)) {
      tell(notOurs(entered.typed))
      return false
    }
    const { storeId } = store
    const scanned = member
      ? await act(() => call('POST /clerk/look-ups', { storeId, member }))
      : await scanCode({ code: digits, storeId })
    if (!scanned) return false
    Taro.vibrateShort({ type: 'light' }).catch(() => {})
    await onFound(scanned, store)
    return true
  }

  const scan = async (): Promise<boolean> => {
    const code = await wechat.scan()
    return code !== null && take({ text: code, typed: false })
  }
  const enter = (text: string) => take({ text, typed: true })
  return { scan, enter, again: () => take(last.current), busy, problem, tell }
}

/**
 * Finds and opens the page of its member or order. A page for one kind names it in `here`: it shows the next of that kind itself
 * and is replaced for the other kind.
 */
export const useScan = (store: Post | undefined, here?: Kind) =>
  useFinding(store, async (scanned, { clerkId, storeId }) => {
    serve(scanned, { clerkId, storeId })
    if (!here) await Taro.navigateTo({ url: pages[scanned.kind] })
    else if (here !== scanned.kind) await Taro.redirectTo({ url: pages[scanned.kind] })
  })

/** The member whose phone or number was typed; undefined for a code, which is longer. */
function memberQuery(typed: string) {
  const digits = cleanDigits(typed)
  if (/^[68]\d{11}$/.test(digits)) return undefined
  const phone = cleanPhone(typed)
  if (/^1\d{10}$|^\+\d{5,20}$/.test(phone)) return { phone }
  return /^\d{8,10}$/.test(digits) ? { memberNo: digits } : undefined
}
