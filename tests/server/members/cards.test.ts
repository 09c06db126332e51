import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings } from '../../support/edits.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let admin: Speaker
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let blanks: string[]

const switchCards = (cards: boolean) => changeSettings(admin, { name: '云朵咖啡', notice: '', servicePhone: '', cards })

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  admin = await world.asAdmin()
  clerk = await world.aClerk([storeId])
  await switchCards(true)
  const { batchId } = await admin.call('POST /admin/card-batches', { cards: 30, requestId: fresh() })
  blanks = (await admin.call('GET /admin/card-batches/:batchId', { batchId })).cardNos
})
afterAll(() => world.close())

const aBlank = () => blanks.pop()!

const give = (memberId: number, cardNo = aBlank()) =>
  admin.call('POST /admin/members/:memberId/cards', { memberId, cardNo })

const scan = (code: string, speaker: Speaker = clerk) =>
  speaker.ask('POST /clerk/scans', { code, storeId, requestId: fresh() })

const report = (memberId: number, lost: boolean) =>
  admin.call('POST /admin/members/:memberId/cards/loss', { memberId, lost })

describe('card numbers (I1)', () => {
  it('are made once a request, all different, and counted by batch', async () => {
    const request = { cards: 12, requestId: fresh() }
    const first = await admin.call('POST /admin/card-batches', request)
    expect(await admin.call('POST /admin/card-batches', request)).toEqual(first)
    const { cardNos } = await admin.call('GET /admin/card-batches/:batchId', first)
    expect(new Set(cardNos).size).toBe(12)
    await give(await world.aMember(), cardNos[0])
    const { rows } = await admin.call('GET /admin/card-batches')
    expect(rows[0]).toMatchObject({ ...first, cards: 12, blank: 11, madeBy: expect.stringMatching(/^admin\//) })
    expect((await admin.ask('GET /admin/card-batches/:batchId', { batchId: 999 })).body.code).toBe('card.unknown')
    expect((await admin.ask('POST /admin/card-batches', { ...request, cards: 5_001 })).status).toBe(400)
  })
})

describe('a card', () => {
  it('opens a visit at the till each time it is shown, marked as opened by a card', async () => {
    const memberId = await world.aMember({ points: 30, nickname: '小林' })
    const { cardNo } = await give(memberId)
    await scan(cardNo)
    const { status, body } = await scan(cardNo.replace(/(.{4})(?=.)/g, '$1 '))
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'member', by: 'card', member: { memberId, nickname: '小林', balance: 30 } })
    expect(body.member.card).toMatchObject({ cardNo, state: 'active' })
    const lines = [{ name: '拿铁', quantity: 1, amountFen: 10_00 }]
    const recorded = await clerk.call('POST /clerk/purchases', {
      visit: body.visit,
      storeId,
      receiptNo: fresh('R'),
      lines,
    })
    expect(recorded.balance).toBe(40)
  })

  it('is given by a clerk to the member being served, once to one member', async () => {
    const [memberId, other] = [await world.aMember(), await world.aMember()]
    const visit = await world.aVisit(clerk, memberId, storeId)
    const cardNo = aBlank()
    const issue = await clerk.call('POST /clerk/cards', { visit, cardNo })
    expect(issue).toMatchObject({ cardNo, state: 'active' })
    expect(await clerk.call('POST /clerk/cards', { visit, cardNo })).toEqual(issue)
    const again = await clerk.ask('POST /clerk/cards', { visit: await world.aVisit(clerk, other, storeId), cardNo })
    expect(again.body.code).toBe('card.taken')
    expect((await clerk.ask('POST /clerk/cards', { visit, cardNo: '600000000007' })).body.code).toBe('card.unknown')
    expect((await clerk.ask('POST /clerk/cards', { visit: 'x'.repeat(30), cardNo })).body.code).toBe('visit.expired')
  })

  it('reported lost by the member is refused with what to do, and points stay when another replaces it', async () => {
    const memberId = await world.aMember({ points: 80 })
    const member = await world.asMember(memberId)
    const { cardNo } = await give(memberId)
    expect(await member.call('POST /me/card/loss')).toMatchObject({ cardNo, state: 'lost' })
    expect(await member.call('POST /me/card/loss')).toMatchObject({ cardNo, state: 'lost' })
    const refused = await scan(cardNo)
    expect(refused).toMatchObject({ status: 410, body: { code: 'card.lost' } })
    expect(refused.body.text).toContain('补办')
    const before = await world.openLots(memberId)
    const next = await give(memberId)
    expect(await world.openLots(memberId)).toEqual(before)
    expect((await scan(cardNo)).body.code).toBe('card.replaced')
    expect((await scan(next.cardNo)).body.member.balance).toBe(80)
    expect((await member.call('GET /me/card')).card).toEqual(next)
    const { rows } = await admin.call('GET /admin/members/:memberId/cards', { memberId })
    expect(rows.map(({ state }) => state).sort()).toEqual(['active', 'replaced'])
    const { log } = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(log.map(({ action }) => action)).toEqual(['card.issue', 'card.loss', 'card.issue', 'points.adjust'])
    expect(log[0]!.text).toBe(`补办会员卡 ${next.cardNo}，原卡 ${cardNo} 作废`)
  })

  it('that was found again works after the merchant reactivates it', async () => {
    const memberId = await world.aMember()
    const { cardNo } = await give(memberId)
    const visit = await world.aVisit(clerk, memberId, storeId)
    await clerk.call('POST /clerk/cards/loss', { visit })
    expect((await scan(cardNo)).body.code).toBe('card.lost')
    await report(memberId, false)
    expect((await scan(cardNo)).status).toBe(200)
  })

  it('that is blank, unknown or miswritten opens nothing', async () => {
    expect((await scan(aBlank())).body.code).toBe('card.blank')
    expect((await scan('600000000007')).body.code).toBe('code.unknown')
    expect((await scan('600000000008')).body.code).toBe('code.unknown')
    const member = await world.asMember(await world.aMember())
    expect((await member.ask('POST /me/card/loss')).body.code).toBe('card.none')
    expect((await member.call('GET /me/card')).card).toBeNull()
  })

  it('finds its member in the panel (A10)', async () => {
    const memberId = await world.aMember()
    const { cardNo } = await give(memberId)
    const { rows, total } = await admin.call('POST /admin/members/search', { q: cardNo })
    expect([rows.map((row) => row.memberId), total]).toEqual([[memberId], 1])
  })

  it('is refused in a shop without cards', async () => {
    const memberId = await world.aMember()
    const { cardNo } = await give(memberId)
    await switchCards(false)
    expect((await scan(cardNo)).body.code).toBe('code.unknown')
    const op = 'POST /admin/members/:memberId/cards'
    expect((await admin.ask(op, { memberId, cardNo: aBlank() })).body.code).toBe('cards.off')
    await switchCards(true)
  })

  it('is limited to the number of scans a minute of the till', async () => {
    const thief = await world.aClerk([storeId])
    const refusals = async (times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => scan('600000000007', thief)))
      return answers.filter(({ body }) => body.code === 'rate.exceeded').length
    }
    expect(await refusals(100)).toBe(0)
    // Of a burst above the limit at least the excess is refused.
    expect(await refusals(100)).toBeGreaterThanOrEqual(80)
  })

  it('goes over to the kept member when records are merged, unless they have one', async () => {
    const [kept, first, second] = [await world.aMember(), await world.aMember(), await world.aMember()]
    const [mine, other] = [await give(first), await give(second)]
    for (const doubleId of [first, second]) {
      const input = { memberId: kept, doubleId, reason: '同一个人', requestId: fresh() }
      await admin.call('POST /admin/members/:memberId/merge', input)
      await world.settle()
    }
    expect((await scan(mine.cardNo)).body.member.memberId).toBe(kept)
    expect((await scan(other.cardNo)).body.code).toBe('card.replaced')
  })
})
