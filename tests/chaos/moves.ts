import { POINTS } from '../bench/fill.ts'
import { access, ticket } from '../bench/tickets.ts'
import { LINES, post, type Request, type Shop } from '../bench/works.ts'

type Kind = 'earn' | 'redeem' | 'check-in' | 'return' | 'leave' | 'stay'

/** A move as its client recorded it. */
export interface Sent {
  kind: Kind
  memberId: number
  /** The receipt of a purchase or a return, the request id of a redemption. */
  no: string
  request: Request
  /** The number of attempts without an answer or with a request to retry. */
  losses: number
  /** The answer; null while there is none. */
  answer: Answer | null
}

export interface Answer {
  made: boolean
  // biome-ignore lint/suspicious/noExplicitAny: each kind of move has an answer of its own.
  body: any
}

export const nameOf = ({ kind, memberId, no }: Sent): string => `${kind} of member ${memberId} ${no}`

/** Members that many clients buy and redeem for, so that they meet on rows. The last ones leave; the others check in once each. */
const REGULARS = 200
const LEAVERS = 600

const sent = (kind: Kind, memberId: number, no: string, request: Request): Sent => ({
  kind,
  memberId,
  no,
  request,
  losses: 0,
  answer: null,
})

/** Makes moves one after another, mixed by chance, no two of one key. */
export function openMoves(shop: Shop, scarceItemId: number) {
  const { jwtSecret, clerkId, storeId, firstMember, members, mark } = shop
  const clerk = access(jwtSecret, clerkId)
  const toReturn: Sent[] = []
  const toStay: number[] = []
  let leavers = 0
  let count = 0

  const regular = () => firstMember + Math.floor(Math.random() * REGULARS)

  function earn(): Sent {
    const memberId = regular()
    const receiptNo = `${mark}-${++count}`
    const visit = ticket(jwtSecret, { kind: 'visit', memberId, clerkId, by: 'code' })
    const body = { visit, storeId, requestId: receiptNo, receiptNo, lines: LINES }
    return sent('earn', memberId, receiptNo, post('/clerk/purchases', clerk, body))
  }

  function redeem(): Sent {
    const memberId = regular()
    const requestId = `${mark}-${++count}`
    const chance = Math.random()
    const someItemId = shop.itemIds[count % shop.itemIds.length]!
    const itemId = chance < 0.5 ? shop.hotItemId : chance < 0.6 ? scarceItemId : someItemId
    const body = { itemId, quantity: 1, storeId, requestId }
    return sent('redeem', memberId, requestId, post('/mall/redemptions', access(jwtSecret, memberId), body))
  }

  function checkIn(): Sent {
    const memberId = firstMember + REGULARS + (++count % (members - REGULARS - LEAVERS))
    return sent('check-in', memberId, '', post('/me/check-ins', access(jwtSecret, memberId), {}))
  }

  /** Takes back the first line of a purchase that was acknowledged. */
  function giveBack({ memberId, no: receiptNo }: Sent): Sent {
    const [{ quantity, amountFen }] = LINES
    const body = { storeId, receiptNo, lines: [{ line: 0, quantity, amountFen }], requestId: `${mark}-${++count}` }
    return sent('return', memberId, receiptNo, post('/clerk/returns', clerk, body))
  }

  /** Asks to leave, once a member, with the points that everybody begins with. */
  function leave(): Sent {
    const memberId = firstMember + members - ++leavers
    const body = { points: POINTS, requestId: `${mark}-leave-${memberId}` }
    return sent('leave', memberId, '', post('/me/leaving', access(jwtSecret, memberId), body))
  }

  /** Takes back a request to leave that was acknowledged. */
  function stay(memberId: number): Sent {
    const { headers } = post('', access(jwtSecret, memberId), {})
    const { authorization } = headers!
    return sent('stay', memberId, '', {
      method: 'DELETE',
      path: '/me/leaving',
      headers: { authorization: authorization! },
    })
  }

  return {
    next(): Sent {
      const going = Math.random()
      const staying = going < 0.02 ? toStay.pop() : undefined
      if (staying) return stay(staying)
      if (going < 0.08 && leavers < LEAVERS) return leave()
      const chance = Math.random()
      if (chance < 0.35) return earn()
      if (chance < 0.7) return redeem()
      const bought = chance < 0.85 ? toReturn.pop() : undefined
      return bought ? giveBack(bought) : checkIn()
    },
    /** Records an acknowledged purchase, so that goods of it can be returned. */
    bought: (purchase: Sent) => void toReturn.push(purchase),
    /** Records an acknowledged request to leave, so that it can be taken back. */
    asked: ({ memberId }: Sent) => void toStay.push(memberId),
  }
}
