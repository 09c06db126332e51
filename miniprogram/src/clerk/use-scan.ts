import { Refused } from '@pointbook/shared/client'
import { cleanDigits } from '@pointbook/shared/digits'
import Taro from '@tarojs/taro'
import { useRef } from 'react'
import { wechat } from '../wechat'
import { useDeed } from './problem'
import { type Scanned, serve } from './served'
import type { Store } from './use-workplace'

type Kind = Scanned['kind']

const pages = { member: '/clerk/customer/index', pickup: '/clerk/pickup/index' } satisfies Record<Kind, string>

const notOurs = new Refused(400, { code: 'code.unknown', text: '这不是会员码或取货码，请核对后再试' })

/**
 * Scans a code, or takes a typed one, and shows whom or what it stands for. A page that serves one kind says so in
 * `here`: it then shows the next of that kind itself and gives its place to the other.
 */
export function useScan(store: Store | undefined, here?: Kind) {
  const { send, busy, problem, tell } = useDeed('POST /clerk/scans')
  const last = useRef('')

  const enter = async (text: string): Promise<boolean> => {
    if (!store || busy) return false
    last.current = text
    const code = cleanDigits(text)
    if (!/^\d{4,64}$/.test(code)) {
      tell(notOurs)
      return false
    }
    const scanned = await send({ code, storeId: store.storeId })
    if (!scanned) return false
    serve(scanned)
    Taro.vibrateShort({ type: 'light' }).catch(() => {})
    if (!here) await Taro.navigateTo({ url: pages[scanned.kind] })
    else if (here !== scanned.kind) await Taro.redirectTo({ url: pages[scanned.kind] })
    return true
  }

  const scan = async (): Promise<boolean> => {
    const code = await wechat.scan()
    return code !== null && enter(code)
  }
  return { scan, enter, again: () => enter(last.current), busy, problem }
}
