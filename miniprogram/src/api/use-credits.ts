import type { Api } from '@pointbook/shared/contract/index'
import { useStanding } from '../session/session'
import { wechat } from '../wechat'
import { call } from './call'
import { useLoad } from './use-load'
import { useShop } from './use-shop'
import { useWrite } from './use-write'

type Kind = keyof Api['GET /me/message-credits']['reply']

/** How many subscribe messages of a kind may still come, and a way to allow one more. Call `ask` from a tap. */
export function useCredits(kind: Kind) {
  const standing = useStanding()
  const shop = useShop()
  const credits = useLoad(standing === 'member' ? () => call('GET /me/message-credits') : null, [standing])
  const [report, busy] = useWrite('POST /me/message-credits')

  const ask = async () => {
    if (!shop) return
    const given = await wechat.askToMessage([shop.templates[kind]])
    const answers = Object.entries(given).map(([templateId, answer]) => ({ templateId, answer }))
    if (answers.length > 0 && (await report({ answers }))) await credits.reload()
  }
  return { left: credits.data?.[kind], ask, busy }
}
