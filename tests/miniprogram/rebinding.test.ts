import { afterAll, beforeAll, it } from 'vitest'
import { fresh } from '../support/server.ts'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())

/** A member with an open phone, and the new phone of somebody with the same number. */
async function twoPhones() {
  const { openid, phone: number } = await shop.aPerson()
  const signUp = {
    signUpTicket: await shop.aTicket(openid),
    phoneCode: await shop.phoneCode(openid),
    agreed: true as const,
    requestId: fresh('sign-up'),
  }
  await shop.anyone().call('POST /members', signUp)
  const { openid: another } = await shop.aPerson(number)
  return { old: await shop.aStranger(openid), next: await shop.aStranger(another), another }
}

type Phones = Awaited<ReturnType<typeof twoPhones>>

async function asks({ next }: Pick<Phones, 'next'>) {
  await next.tap('加入会员')
  await next.tap('我已满 14 周岁')
  await next.tap('我已阅读并同意')
  await next.tap('手机号快捷加入')
  await next.sees('找回您的会员')
  await next.tap('用手机号申请换绑')
  await next.sees('换绑已申请')
}

it('leads a member with a new WeChat to a request, which the old WeChat refuses (FP6)', async () => {
  const phones = await twoPhones()
  await asks(phones)
  phones.old.open('/pages/home/index')
  await phones.old.tap('有新的微信申请换绑')
  await phones.old.tap('不是我，拒绝')
  await phones.old.sees('已拒绝换绑')
  await phones.old.seesNo('有新的微信申请换绑')
})

it('lets the member in on the new WeChat once the old one agrees (FP6)', async () => {
  const phones = await twoPhones()
  await asks(phones)
  phones.old.open('/pages/home/index')
  await phones.old.tap('有新的微信申请换绑')
  await phones.old.tap('是我，马上换')
  const again = await shop.aStranger(phones.another)
  again.open('/pages/me/index')
  await again.sees('会员号')
})
