import { findByOpenid } from '@pointbook/server/features/members/directory/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { type aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<Awaited<ReturnType<typeof aWorld>>['aClerk']>>

beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

const openCase = async (memberIds: number[], freeze = true) =>
  (await admin.call('POST /admin/cases', { memberIds, reason: '多笔小票对不上', freeze, requestId: fresh() })).caseId

const seen = (caseId: number) => admin.call('GET /admin/cases/:caseId', { caseId })

const takes = (caseId: number, memberId: number, seqs: number[], requestId = fresh()) => ({
  caseId,
  memberId,
  seqs,
  reason: '小票为伪造',
  requestId,
})

const decides = (caseId: number, memberId: number, decision: 'reinstated' | 'cancelled' | 'cleared', points = 0) =>
  admin.call('POST /admin/cases/:caseId/decisions', { caseId, memberId, decision, reason: '已核实', points })

const returns = (receiptNo: string, amountFen: number) =>
  clerk.call('POST /clerk/returns', {
    storeId,
    receiptNo,
    lines: [{ line: 0, quantity: 0, amountFen }],
    requestId: fresh(),
  })

const inbox = async (memberId: number) => {
  await world.settle()
  return (await (await world.asMember(memberId)).call('GET /me/messages', {})).rows.map(({ title }) => title)
}

it('counts the orders that wait for a member whose membership may end, their doubles’ too (FM5)', async () => {
  const [memberId, doubleId] = [await world.aMember({ points: 500 }), await world.aMember({ points: 500 })]
  const [storeId, itemId] = [await world.aStore(), await world.anItem({ points: 50 })]
  for (const id of [memberId, doubleId]) {
    const wish = { itemId, quantity: 1, storeId, requestId: fresh() }
    await (await world.asMember(id)).call('POST /mall/redemptions', wish)
  }
  const merge = { memberId, doubleId, reason: '同一个人', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/merge', merge)
  const opening = { memberIds: [memberId], reason: '刷单', freeze: true, requestId: fresh() }
  const { caseId } = await admin.call('POST /admin/cases', opening)
  expect((await admin.call('GET /admin/cases/:caseId', { caseId })).members[0]).toMatchObject({ waitingOrders: 2 })
})

it('marks a member who was merged into another record meanwhile (FM23)', async () => {
  const [memberId, doubleId] = [await world.aMember(), await world.aMember()]
  const caseId = await openCase([doubleId], false)
  expect((await seen(caseId)).members).toMatchObject([{ standing: 'active', merged: false }])
  const merge = { memberId, doubleId, reason: '同一个人', requestId: fresh() }
  await admin.call('POST /admin/members/:memberId/merge', merge)
  expect((await seen(caseId)).members).toMatchObject([{ standing: 'cancelled', merged: true }])
})

describe('opening a case', () => {
  it('freezes its members at once and tells them the reason; a frozen member earns nothing (H3, H5, K2)', async () => {
    const memberId = await world.aMember({ nickname: '林小满' })
    const visit = await world.aVisit(clerk, memberId, storeId)
    const caseId = await openCase([memberId])
    const lines = [{ name: '咖啡', quantity: 1, amountFen: 30_00 }]
    const refused = await clerk.ask('POST /clerk/purchases', { visit, storeId, receiptNo: fresh('R'), lines })
    expect([refused.status, refused.body.code]).toEqual([403, 'member.frozen'])
    expect((await seen(caseId)).members).toMatchObject([{ memberId, standing: 'frozen', decision: null }])
    expect((await seen(caseId)).steps.map(({ kind }) => kind)).toEqual(['opened', 'frozen'])
    expect(await inbox(memberId)).toEqual(['账户已冻结'])
  })

  it('does not freeze them unless requested, and can freeze later', async () => {
    const memberId = await world.aMember()
    const caseId = await openCase([memberId], false)
    expect((await world.account(memberId)).standing).toBe('active')
    await admin.call('POST /admin/cases/:caseId/freeze', { caseId, memberId })
    expect((await world.account(memberId)).standing).toBe('frozen')
  })

  it('makes one case for repeated requests, and refuses a member of another case', async () => {
    const memberId = await world.aMember({ nickname: '周子墨' })
    const wish = { memberIds: [memberId, memberId], reason: '刷单', freeze: true, requestId: fresh() }
    const first = await admin.call('POST /admin/cases', wish)
    expect(await admin.call('POST /admin/cases', wish)).toEqual(first)
    const again = await admin.ask('POST /admin/cases', { ...wish, requestId: fresh() })
    expect(again.body).toMatchObject({ code: 'case.running', text: '「周子墨」已经在另一次调查中' })
    const stranger = await admin.ask('POST /admin/cases', { ...wish, memberIds: [99_999_999], requestId: fresh() })
    expect(stranger.body.code).toBe('member.unknown')
  })

  it('adds a member to only one of two cases opened at once', async () => {
    const memberIds = [await world.aMember()]
    const open = () => admin.ask('POST /admin/cases', { memberIds, reason: '刷单', freeze: false, requestId: fresh() })
    const statuses = (await Promise.all([open(), open()])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409])
  })
})

describe('taking unlawful points back', () => {
  it('takes the rest of a partly returned purchase, and a later return takes nothing more (H1, H3)', async () => {
    const memberId = await world.aMember()
    const { receiptNo, seq } = await world.buy(clerk, memberId, storeId, [100_00])
    await returns(receiptNo, 40_00)
    const caseId = await openCase([memberId])
    const { rows } = await admin.call('GET /admin/cases/:caseId/members/:memberId/gifts', { caseId, memberId })
    expect(rows).toMatchObject([{ seq, delta: 100, left: 60, takenBack: false }])
    const taken = await admin.call('POST /admin/cases/:caseId/takings', takes(caseId, memberId, [seq]))
    expect(taken).toMatchObject({ points: 60, taken: 60, owed: 0, balance: 0, text: '收回 60 分' })
    const after = await admin.call('GET /admin/cases/:caseId/members/:memberId/gifts', { caseId, memberId })
    expect(after.rows).toMatchObject([{ left: 0, takenBack: true }])
    expect(await returns(receiptNo, 60_00)).toMatchObject({ points: 0, balance: 0 })
    expect(await inbox(memberId)).toContain('部分积分已收回')
    expect(await world.account(memberId)).toMatchObject({ balance: 0, debt: 0, earned: 0 })
  })

  it('takes missing points from other lots, and makes a debt of the rest under the policy', async () => {
    const memberId = await world.aMember({ points: 30 })
    const member = await world.asMember(memberId)
    const { seq } = await world.buy(clerk, memberId, storeId, [100_00])
    const itemId = await world.anItem({ points: 110 })
    await member.call('POST /mall/redemptions', { itemId, quantity: 1, storeId, requestId: fresh() })
    const caseId = await openCase([memberId])
    const taken = await admin.call('POST /admin/cases/:caseId/takings', takes(caseId, memberId, [seq]))
    expect(taken).toMatchObject({ points: 100, taken: 20, owed: 80, balance: 0 })
    expect((await world.account(memberId)).debt).toBe(80)
  })

  it('takes several entries in one step, all or none', async () => {
    const memberId = await world.aMember()
    const first = await world.buy(clerk, memberId, storeId, [50_00])
    const second = await world.buy(clerk, memberId, storeId, [70_00])
    const caseId = await openCase([memberId])
    const wrong = await admin.ask('POST /admin/cases/:caseId/takings', takes(caseId, memberId, [first.seq, 99]))
    expect(wrong.body).toMatchObject({ code: 'entry.gave-nothing', text: '第 99 笔没有发放积分，不能收回' })
    const both = takes(caseId, memberId, [second.seq, first.seq])
    const answer = await admin.call('POST /admin/cases/:caseId/takings', both)
    expect(answer).toMatchObject({ points: 120, balance: 0 })
    expect(await admin.call('POST /admin/cases/:caseId/takings', both)).toEqual(answer)
    const [last] = await world.entries(memberId)
    expect(last).toMatchObject({ cause: 'unlawful', delta: -70, ref: `${caseId}/${second.seq}` })
    const entry = await (await world.asMember(memberId)).call('GET /me/entries/:seq', { seq: last!.seq })
    expect(entry.title).toBe('违规积分收回')
    expect(entry.why[0]!.text).toBe(`经核实，第 ${second.seq} 笔积分的获得不符合规则`)
  })

  it('takes an entry once in simultaneous requests', async () => {
    const memberId = await world.aMember({ points: 500 })
    const { seq } = await world.buy(clerk, memberId, storeId, [100_00])
    const caseId = await openCase([memberId])
    const asked = Array.from({ length: 8 }, () =>
      admin.ask('POST /admin/cases/:caseId/takings', takes(caseId, memberId, [seq])),
    )
    const codes = (await Promise.all(asked)).map(({ status, body }) => body.code ?? status)
    expect(codes.sort()).toEqual([200, ...Array(7).fill('entry.taken-back')])
    expect((await world.account(memberId)).balance).toBe(500)
  })

  it('takes points given by hand without changing the tier figures', async () => {
    const memberId = await world.aMember({ points: 40 })
    const { earned } = await world.account(memberId)
    const caseId = await openCase([memberId])
    await admin.call('POST /admin/cases/:caseId/takings', takes(caseId, memberId, [1]))
    expect(await world.account(memberId)).toMatchObject({ balance: 0, earned })
  })

  it('refuses a member of another case, and one already decided', async () => {
    const [mine, other] = [await world.aMember({ points: 10 }), await world.aMember({ points: 10 })]
    const caseId = await openCase([mine])
    const foreign = await admin.ask('POST /admin/cases/:caseId/takings', takes(caseId, other, [1]))
    expect(foreign.body.code).toBe('case.unknown')
    await decides(caseId, mine, 'reinstated')
    const late = await admin.ask('POST /admin/cases/:caseId/takings', takes(caseId, mine, [1]))
    expect(late.body.code).toBe('case.decided')
  })
})

describe('the decision', () => {
  it('reinstates a member once: a different decision is refused, the same one gets the same answer', async () => {
    const memberId = await world.aMember({ points: 10 })
    const caseId = await openCase([memberId])
    const decided = await decides(caseId, memberId, 'reinstated')
    expect(decided).toEqual({ standing: 'active', endedPoints: 0, balance: 10 })
    expect(await decides(caseId, memberId, 'reinstated')).toEqual(decided)
    await expect(decides(caseId, memberId, 'cancelled')).rejects.toMatchObject({ code: 'case.decided' })
    expect((await world.account(memberId)).standing).toBe('active')
    expect((await seen(caseId)).open).toBe(false)
  })

  it('clears a member without guilt, with points as an apology', async () => {
    const memberId = await world.aMember()
    const caseId = await openCase([memberId])
    expect(await decides(caseId, memberId, 'cleared', 66)).toMatchObject({ standing: 'active', balance: 66 })
    expect(await inbox(memberId)).toContain('核实无误，账户已恢复')
    const [entry] = await world.entries(memberId)
    expect(entry).toMatchObject({ kind: 'adjust', cause: 'compensation', delta: 66 })
  })

  it('cancels the membership: all points end, and the log-in is refused with the reason (H9)', async () => {
    const { openid } = await world.aPerson()
    const signUp = { signUpTicket: await world.aTicket(openid), phoneCode: await world.phoneCode(openid) }
    const { tokens } = await world.anyone().call('POST /members', { ...signUp, agreed: true, requestId: fresh() })
    const { accessToken, refreshToken } = tokens
    const memberId = (await findByOpenid(world.server, openid))!
    await world.buy(clerk, memberId, storeId, [100_00])
    const { balance } = await world.account(memberId)
    const caseId = await openCase([memberId])
    expect(await decides(caseId, memberId, 'cancelled')).toEqual({
      standing: 'cancelled',
      endedPoints: balance,
      balance: 0,
    })
    await world.settle()
    const [last] = await world.entries(memberId)
    expect(last).toMatchObject({ cause: 'membership-end', delta: -balance, balanceAfter: 0 })
    const known = await world.speaker({ authorization: `Bearer ${accessToken}` }).ask('GET /me')
    expect(known.body.code).toBe('session.expired')
    expect((await world.anyone().ask('POST /session/refresh', { refreshToken })).status).toBe(401)
    const again = await world.anyone().ask('POST /session/wechat', { code: await world.loginCode(openid) })
    expect([again.status, again.body.code]).toEqual([403, 'member.cancelled'])
    expect(again.body.text).toBe('该会员资格已注销，积分同时失效；如有疑问，请联系商家')
    const anew = await admin.ask('POST /admin/cases', {
      memberIds: [memberId],
      reason: '再查',
      freeze: true,
      requestId: fresh(),
    })
    expect(anew.body.code).toBe('member.cancelled')
  })
})

describe('the end of a case', () => {
  it('publishes the result once all is decided, with masked names, to everybody (H4)', async () => {
    const [guilty, innocent] = [
      await world.aMember({ nickname: '陆长青', points: 50 }),
      await world.aMember({ nickname: '温如言' }),
    ]
    const caseId = await openCase([guilty, innocent])
    await admin.call('POST /admin/cases/:caseId/takings', takes(caseId, guilty, [1]))
    await decides(caseId, guilty, 'cancelled')
    const early = await admin.ask('POST /admin/cases/:caseId/announcement', {
      caseId,
      title: '公示',
      body: '结果',
      requestId: fresh(),
    })
    expect(early.body.code).toBe('case.undecided')
    expect((await seen(caseId)).draft).toBeNull()
    await decides(caseId, innocent, 'cleared')
    const { draft } = await seen(caseId)
    expect(draft!.body).toContain('陆*青：收回违规积分 50 分，注销会员资格')
    expect(draft!.body).not.toMatch(/温|陆长青/)
    const publish = () => admin.ask('POST /admin/cases/:caseId/announcement', { caseId, ...draft, requestId: fresh() })
    const answers = await Promise.all([publish(), publish()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { rows } = await world.anyone().call('GET /announcements', {})
    expect(rows[0]).toMatchObject({ title: '关于违规积分处理结果的公示', body: draft!.body })
    expect((await seen(caseId)).steps.at(-1)).toMatchObject({ kind: 'published' })
  })

  it('keeps notes, lists open and closed cases, and the books balance', async () => {
    const memberId = await world.aMember({ nickname: '顾明川' })
    const caseId = await openCase([memberId])
    const note = { caseId, text: '已调取监控', requestId: fresh() }
    await admin.call('POST /admin/cases/:caseId/notes', note)
    await admin.call('POST /admin/cases/:caseId/notes', note)
    expect((await seen(caseId)).steps.filter(({ kind }) => kind === 'note')).toHaveLength(1)
    const ids = async (state: 'open' | 'closed') =>
      (await admin.call('GET /admin/cases', { state, limit: 100 })).rows.map((row) => row.caseId)
    expect(await ids('open')).toContain(caseId)
    await decides(caseId, memberId, 'reinstated')
    expect(await ids('open')).not.toContain(caseId)
    expect(await ids('closed')).toContain(caseId)
    const log = await admin.call('GET /admin/members/:memberId', { memberId })
    expect(log.log.map(({ action }) => action)).toContain('case.decide')
    const { passed, checks } = await world.audit()
    expect(checks.flatMap(({ faults }) => faults)).toEqual([])
    expect(passed).toBe(true)
  })
})
