import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSettings } from '../../support/edits.ts'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>

beforeAll(async () => {
  world = await aWorldWithWeChat()
})
afterAll(() => world.close())

it('accepts thirty unknown invite codes from one person at sign-up, and then no more (FS11)', async () => {
  const { openid } = await world.aPerson()
  const signUp = {
    signUpTicket: await world.aTicket(openid),
    phoneCode: await world.phoneCode(openid),
    agreed: true as const,
  }
  const guess = (code: string) =>
    world.anyone().ask('POST /members', { ...signUp, inviteCode: code, requestId: fresh('sign-up') })
  for (let tries = 0; tries < 30; tries++) expect((await guess(`ZZZZZZ${10 + tries}`)).status).toBe(200)
  expect(await guess('ZZZZZZ99')).toMatchObject({ status: 429, body: { code: 'code.guessed' } })
})

it('accepts thirty wrong card numbers from one clerk, and then no more (FS11)', async () => {
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  const admin = await world.asAdmin()
  await changeSettings(admin, { name: '云朵咖啡', notice: '', servicePhone: '', cards: true })
  const visit = await world.aVisit(clerk, await world.aMember(), storeId)
  const guess = () => clerk.ask('POST /clerk/cards', { visit, cardNo: '600000000007' })
  for (let tries = 0; tries < 30; tries++) expect((await guess()).body.code).toBe('card.unknown')
  expect((await guess()).body.code).toBe('code.guessed')
})
