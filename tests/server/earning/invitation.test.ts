import { afterAll, beforeAll, expect, it } from 'vitest'
import { aMessageWorld } from '../../support/message-world.ts'
import { fresh } from '../../support/world.ts'

const CODE = '/wxa/getwxacodeunlimit'

let world: Awaited<ReturnType<typeof aMessageWorld>>
let storeId: number

beforeAll(async () => {
  world = await aMessageWorld()
  storeId = await world.aStore()
})
afterAll(() => world.close())

async function aMember(nickname: string) {
  const memberId = await world.aMember({ nickname })
  const speaker = await world.asMember(memberId)
  const { inviteCode } = await speaker.call('GET /me/invitation')
  return { memberId, speaker, inviteCode }
}

const drawn = async () => (await world.control('journal')).filter(({ path }: { path: string }) => path === CODE).length

it('shows the code, the rewards and their condition, and the friends', async () => {
  const inviter = await aMember('林小满')
  expect(await inviter.speaker.call('GET /me/invitation')).toEqual({
    inviteCode: inviter.inviteCode,
    path: `/pages/home/index?inviter=${inviter.inviteCode}`,
    rewardText: '好友通过您的邀请注册并完成首次消费后，您得 20 分，好友得 10 分',
    returnText: '好友退掉得奖的那笔消费，奖励会收回，再有符合条件的消费会重新发放',
    rewarded: 0,
    pointsEarned: 0,
    friends: [],
  })
  const friends = [await aMember('周子墨'), await aMember('陈晨')]
  for (const { memberId } of friends) await world.bring(memberId, inviter.inviteCode)
  const clerk = await world.aClerk([storeId])
  const sale = await world.buy(clerk, friends[0]!.memberId, storeId, [50_00])
  await world.settle()
  const invitation = await inviter.speaker.call('GET /me/invitation')
  expect(invitation).toMatchObject({ rewarded: 1, pointsEarned: 20 })
  expect(invitation.friends).toMatchObject([
    { nickname: '陈晨', state: 'waiting', points: 0, text: '好友已注册，首次消费后发放奖励' },
    { nickname: '周子墨', state: 'rewarded', points: 20, text: '奖励 20 分已到账' },
  ])
  expect((await world.inbox(inviter.memberId))[0]).toMatchObject({ title: '邀请奖励到账' })

  const lines = [{ line: 0, quantity: 1, amountFen: 50_00 }]
  const { receiptNo } = sale
  await clerk.call('POST /clerk/returns', { storeId, receiptNo, lines, requestId: fresh() })
  await world.settle()
  const after = await inviter.speaker.call('GET /me/invitation')
  expect(after).toMatchObject({ rewarded: 0, pointsEarned: 0 })
  expect(after.friends[1]).toMatchObject({
    state: 'taken-back',
    text: '好友已退货，奖励已收回；再有符合条件的消费会重新发放',
  })
})

it('draws the picture once and keeps it', async () => {
  const { speaker } = await aMember('周子墨')
  const before = await drawn()
  const pictures = await Promise.all(Array.from({ length: 8 }, () => speaker.call('GET /me/invitation/picture')))
  const [{ picture }] = pictures as [{ picture: string }]
  expect(picture).toMatch(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]{100,}={0,2}$/)
  expect(new Set(pictures.map((one) => one.picture)).size).toBe(1)
  await speaker.call('GET /me/invitation/picture')
  expect((await drawn()) - before).toBe(1)
})

it('reports that WeChat does not answer, and draws when it answers again', async () => {
  const { speaker } = await aMember('陈晨')
  await world.control('faults', { path: CODE, times: 1, errcode: 45009 })
  expect((await speaker.ask('GET /me/invitation/picture')).body.code).toBe('wechat.unavailable')
  expect((await speaker.ask('GET /me/invitation/picture')).status).toBe(200)
})

it('is available only to the member', async () => {
  for (const op of ['GET /me/invitation', 'GET /me/invitation/picture'])
    expect((await world.anyone().ask(op)).body.code).toBe('session.missing')
})
