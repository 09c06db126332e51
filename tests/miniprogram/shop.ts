import { adjust } from '@pointbook/server/features/points/ledger/moves'
import type { Call } from '@pointbook/shared/client'
import { givePost } from '../support/edits.ts'
import { fresh, give } from '../support/server.ts'
import { aWorldWithWeChat } from '../support/wechat-world.ts'
import { aPhone, type Phone } from './harness.ts'

type Before = Parameters<typeof aPhone>[0]['before']

/** A shop with a store, its server on a real port, and people with phones. */
export async function aShop(...options: Parameters<typeof aWorldWithWeChat>) {
  const world = await aWorldWithWeChat(...options)
  const serverUrl = await world.app.http.listen({ port: 0, host: '127.0.0.1' })
  const storeId = await world.aStore('人民广场店')
  const phones: Phone[] = []

  /** The phone of a WeChat user who is not a member yet. */
  async function aStranger(openid?: string, before?: Before): Promise<Phone> {
    const whose = openid ?? (await world.aPerson()).openid
    const phone = await aPhone({
      serverUrl,
      loginCode: () => world.loginCode(whose),
      phoneCode: () => world.phoneCode(whose),
      ...(before && { before }),
    })
    phones.push(phone)
    return phone
  }

  /** Registers a person without the screens; their phone then opens as a member's. */
  async function aCustomer(nickname: string, before?: Before) {
    const { openid } = await world.aPerson()
    const signUp = {
      signUpTicket: await world.aTicket(openid),
      phoneCode: await world.phoneCode(openid),
      nickname,
      agreed: true as const,
      agreement: 1,
      requestId: fresh('sign-up'),
    }
    const { tokens } = await world.anyone().call('POST /members', signUp)
    const { call } = world.speaker({ authorization: `Bearer ${tokens.accessToken}` })
    const { memberId } = await call('GET /me')
    return { memberId, call, openid, phone: await aStranger(openid, before) }
  }

  async function aClerk(nickname = '小陈', storeIds = [storeId], role: 'clerk' | 'manager' = 'clerk') {
    const clerk = await aCustomer(nickname)
    const admin = await world.asAdmin()
    await givePost(admin, { memberId: clerk.memberId, role, storeIds })
    clerk.phone.open('/clerk/home/index')
    await clerk.phone.sees('扫码')
    return clerk
  }

  return {
    ...world,
    storeId,
    gives: (memberId: number, points: number) => world.book.make(adjust, give(memberId, points)),
    aStranger,
    aCustomer,
    aClerk,
    close: async () => {
      for (const phone of phones) phone.close()
      const closed = world.close()
      // Requests under way when a phone ends are not awaited.
      world.app.http.server.closeAllConnections()
      await closed
    },
  }
}

/** What a member of this call shows at the till. */
export const codeOf = async (call: Call): Promise<string> => (await call('GET /me/code')).code
