import type { Api } from '@pointbook/shared/contract/index'
import Taro from '@tarojs/taro'
import { useStanding } from '../session/session'
import { wechat } from '../wechat'
import { call } from './call'
import { useLoad } from './use-load'
import { useRules } from './use-rules'
import { useShop } from './use-shop'
import { useWrite } from './use-write'

type Kind = keyof Api['GET /me/message-credits']['reply']

const switchedOff = '微信里关闭了这类提醒，可在小程序右上角「…」的设置里打开'

const tell = (title: string) => void Taro.showToast({ title, icon: 'none', duration: 2500 })

/** The remaining subscribe messages of a kind, and a function that asks for one more. Call `ask` from a tap. */
export function useCredits(kind: Kind) {
  const standing = useStanding()
  const shop = useShop()
  const { offers } = useRules()
  const credits = useLoad(standing === 'member' ? () => call('GET /me/message-credits') : null, [standing])
  const [report, busy] = useWrite('POST /me/message-credits')

  const templateId = shop?.templates[kind]
  const ask = async () => {
    if (!templateId) return
    const { answers: consents, failure } = await wechat.askToMessage([templateId])
    if (failure) return tell(failure)
    const answers = Object.entries(consents).map(([id, answer]) => ({ templateId: id, answer }))
    if (answers.length > 0 && (await report({ answers }))) await credits.reload()
    const answer = consents[templateId]
    if (answer && answer !== 'accept') tell(answer === 'reject' ? '没有开启，想要提醒时再点一次就好' : switchedOff)
  }
  const isOffered = !!templateId && (kind === 'pickup' || offers.includes('reminder'))
  return { left: credits.data?.[kind], isOffered, ask, busy }
}
