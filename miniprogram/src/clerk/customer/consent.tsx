import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { call } from '../../api/call'
import { useWrite } from '../../api/use-write'
import type { Store } from '../use-workplace'
import type { Visit } from '../visit'

type Request = Api['POST /clerk/spend-requests']['reply']

const lookEveryMs = 2_000

interface Wish {
  visit: Visit
  store: Store | undefined
  draftId: string
  /** The points that need the member's consent; 0 for none. */
  points: number
  tell(error: unknown): void
}

/** Asks the member on their phone whether these points may be spent. An answer is valid only for these points. */
export function useConsent({ visit, store, draftId, points, tell }: Wish) {
  const [made, setMade] = useState<Request>()
  const [send, busy] = useWrite('POST /clerk/spend-requests', tell)
  const request = made?.draftId === draftId && made.points === points ? made : undefined
  const waits = request?.state === 'asked'

  useEffect(() => {
    if (!waits) return
    const look = () => call('GET /clerk/spend-requests/:draftId', { draftId }).then(setMade, () => {})
    const looking = setInterval(look, lookEveryMs)
    return () => clearInterval(looking)
  }, [waits, draftId])

  const ask = async () => {
    if (!store) return
    const asked = await send({ visit: visit.visit, storeId: store.storeId, draftId, points })
    if (asked) setMade(asked)
  }
  return { request, ask, busy, isMissing: points > 0 && request?.state !== 'accepted' }
}

/** The state of the request, in words. */
export function ConsentNote({ points, request }: { points: number; request: Request | undefined }) {
  const sum = `${group(points)} 分`
  const texts: Record<Request['state'], string> = {
    asked: `已问会员能不能用 ${sum}。请会员打开小程序的会员码页，点「同意」。`,
    accepted: `会员同意用 ${sum}，可以记账了。`,
    declined: `会员没有同意用 ${sum}。可以换个分数再问，或不用积分。`,
    over: '会员没有及时回答，可以再问一次。',
    used: `会员同意用的 ${sum} 已经记过账了。`,
  }
  const text = request ? texts[request.state] : '没有扫会员码，用积分要会员在手机上点一下同意。'
  return (
    <View className={request?.state === 'accepted' ? 'consent consent-given' : 'consent'}>
      <Text className="grow">{text}</Text>
      {request?.state === 'asked' && <Text className="digits">{request.secondsLeft} 秒</Text>}
    </View>
  )
}
