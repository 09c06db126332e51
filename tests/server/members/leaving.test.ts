import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fixed, rate } from '@pointbook/config/policies/make'
import { pointsAccounts } from '@pointbook/server/book/tables'
import { jobs } from '@pointbook/server/features'
import {
  addressColumns,
  birthdayColumns,
  openidColumns,
  phoneColumns,
} from '@pointbook/server/features/members/directory/personal-data'
import { register } from '@pointbook/server/features/members/directory/register'
import { leftIdentities, members } from '@pointbook/server/features/members/directory/tables'
import { leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings, givePost, tagMember } from '../../support/edits.ts'
import { aPicture } from '../../support/pictures.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { give } from '../../support/server.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

beforeAll(async () => {
  const welcome = aRule({ id: 'welcome', name: '入会礼', trigger: 'registration', gift: fixed(50) })
  world = await aWorld({ policy: { earning: earningBy([aRule({ gift: rate(1, 1) }), welcome]) } })
  admin = await world.asAdmin()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  await changeSettings(admin, { name: '店', notice: '', servicePhone: '', cards: true })
})
afterAll(() => world.close())

const DAY_MS = 86_400_000
let people = 0

/** Somebody with everything that a person may have. */
async function aPerson({ points = 300 } = {}) {
  const number = ++people
  const person = {
    nickname: `林别离${number}`,
    phone: `1391111${String(number).padStart(4, '0')}`,
    openid: `wx-leaver-${number}`,
    birthday: `1991-04-${String(number).padStart(2, '0')}`,
    address: `别离路 ${number} 号`,
  }
  const memberId = await world.aMember({ nickname: person.nickname, points })
  const { nickname, openid, phone, birthday, address } = person
  const { keys } = world.outside
  const own = {
    nickname,
    ...phoneColumns(keys, phone),
    ...openidColumns(keys, openid),
    ...birthdayColumns(keys, birthday),
    ...addressColumns(keys, address),
  }
  await world.db.update(members).set(own).where(eq(members.id, memberId))
  return { ...person, memberId, me: await world.asMember(memberId) }
}

const requestId = () => fresh()
const ask = (me: Speaker, points: number) => me.ask('POST /me/leaving', { points, requestId: requestId() })

/** Lets the waiting time pass and runs the job. */
async function waitOut(days = 7) {
  world.clock.set(new Date(Date.parse(world.clock.now()) + days * DAY_MS).toISOString())
  await runJob()
}
async function runJob() {
  await jobs(world.server)
    .find(({ name }) => name === 'end-memberships')!
    .run()
  await world.settle()
}

/** Every place of the database and of the files folder that contains a text. */
async function placesOf(text: string): Promise<string[]> {
  const { pool } = world.server.databases
  const [columns] = (await pool.query(
    'SELECT table_name AS `table`, column_name AS `column` FROM information_schema.columns WHERE table_schema = DATABASE()',
  )) as unknown as [{ table: string; column: string }[]]
  const places: string[] = []
  for (const { table, column } of columns) {
    const [[row]] = (await pool.query(
      `SELECT COUNT(*) AS hits FROM \`${table}\` WHERE CAST(\`${column}\` AS CHAR) LIKE ?`,
      [`%${text}%`],
    )) as unknown as [[{ hits: number }]]
    if (Number(row.hits) > 0) places.push(`${table}.${column}`)
  }
  const folder = world.outside.files.folder
  for (const name of readdirSync(folder))
    if (name.includes(text) || readFileSync(path.join(folder, name)).includes(text)) places.push(`files/${name}`)
  return places
}

describe('the request to leave (Law9, FS12)', () => {
  it('names the exact points that will be lost, and is refused with the new figure when they moved', async () => {
    const { me, memberId } = await aPerson()
    expect(await me.call('GET /me/leaving')).toMatchObject({
      points: 300,
      obstacles: [],
      waitingDays: 7,
      request: null,
    })
    await world.book.make(adjust, give(memberId, 20))
    const { status, body } = await ask(me, 300)
    expect([status, body.code, body.detail]).toEqual([409, 'leaving.changed', { points: 320 }])
    expect((await ask(me, 320)).body.request).toMatchObject({ byShop: false, dueOn: '2026-03-09' })
    expect((await me.call('GET /me')).leavingOn).toBe('2026-03-09')
    expect((await ask(me, 320)).body.code).toBe('leaving.asked')
  })

  it('can be withdrawn while it waits, and the membership stays', async () => {
    const { me } = await aPerson()
    await ask(me, 300)
    await me.call('DELETE /me/leaving')
    expect((await me.call('GET /me')).leavingOn).toBeNull()
    await waitOut()
    expect((await me.call('GET /me')).points.balance).toBe(300)
  })

  it('shows the shop’s deadline of 15 working days', async () => {
    const { me } = await aPerson()
    const on = world.clock.now().slice(0, 10)
    // 2026-03-09 is a Monday, as every day here is.
    expect(on).toBe('2026-03-09')
    expect((await ask(me, 300)).body.request.answerBy).toBe('2026-03-30')
    await me.call('DELETE /me/leaving')
  })

  it('is barred by an order that waits, a case, a debt, a freeze and a post, and says what to do', async () => {
    const { me, memberId } = await aPerson()
    const itemId = await world.anItem()
    await me.call('POST /mall/redemptions', { itemId, quantity: 1, points: 100, storeId, requestId: requestId() })
    await givePost(admin, { memberId, role: 'clerk', storeIds: [storeId] })
    await admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: '核实',
      freeze: true,
      requestId: requestId(),
    })
    await world.db.update(pointsAccounts).set({ debt: 5 }).where(eq(pointsAccounts.memberId, memberId))
    const { obstacles } = await me.call('GET /me/leaving')
    expect(obstacles.map(({ text }) => text)).toEqual([
      '您还是门店的店员',
      '账户已冻结',
      '还有 5 分待抵扣',
      '还有 1 件兑换待取货',
      '账户正在核实中',
    ])
    for (const { advice } of obstacles) expect(advice).toMatch(/[\u4e00-\u9fff]/)
    const { status, body } = await ask(me, 200)
    expect([status, body.code]).toEqual([409, 'leaving.barred'])
    expect(body.text).toContain('还有 1 件兑换待取货')
    await world.db.update(pointsAccounts).set({ debt: 0 }).where(eq(pointsAccounts.memberId, memberId))
  })

  it('waits on when something stands in the way on its day', async () => {
    const { me, memberId } = await aPerson()
    await ask(me, 300)
    const { caseId } = await admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: '核实',
      freeze: true,
      requestId: requestId(),
    })
    await waitOut()
    expect((await world.account(memberId)).standing).toBe('frozen')
    const { rows } = await admin.call('GET /admin/leave-requests', { state: 'waiting' })
    expect(rows).toMatchObject([{ memberId, obstacles: ['账户已冻结', '账户正在核实中'] }])
    const verdict = { caseId, memberId, decision: 'cleared', reason: '没有问题' } as const
    await admin.call('POST /admin/cases/:caseId/decisions', verdict)
    await runJob()
    expect((await world.account(memberId)).standing).toBe('cancelled')
  })

  it('may be made by the merchant with a reason, for a member who told the shop', async () => {
    const { memberId, me } = await aPerson()
    const asked = { memberId, points: 300, reason: '会员来电', requestId: requestId() }
    await admin.call('POST /admin/members/:memberId/leaving', asked)
    expect((await me.call('GET /me/leaving')).request).toMatchObject({ byShop: true })
    const { rows } = await admin.call('GET /admin/leave-requests')
    expect(rows[0]).toMatchObject({ memberId, askedBy: 'admin/demo', reason: '会员来电', state: 'waiting' })
    const lines = await world.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `member/${memberId}`))
    expect(lines.at(-1)).toMatchObject({ actor: 'admin/demo', action: 'member.leave' })
    await admin.call('DELETE /admin/members/:memberId/leaving', { memberId })
    expect((await me.call('GET /me/leaving')).request).toBeNull()
  })

  it('lapses when the record is merged into another, and the person stays', async () => {
    const { memberId: doubleId, me } = await aPerson()
    await ask(me, 300)
    const keptId = await world.aMember({ nickname: '留下' })
    const { after } = await admin.call('GET /admin/members/:memberId/merge', { memberId: keptId, doubleId })
    const { points, balance, debt, tierName } = after
    const merge = { memberId: keptId, doubleId, reason: '同一人', points, balance, debt, tierName }
    await admin.call('POST /admin/members/:memberId/merge', { ...merge, requestId: requestId() })
    await waitOut()
    expect(await world.account(keptId)).toMatchObject({ standing: 'active', balance: 300 })
    const [request] = await world.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, doubleId))
    expect(request!.state).toBe('withdrawn')
  })
})

describe('a member who has left', () => {
  it('has lost the points by an entry that says why, and the books balance', async () => {
    const { me, memberId } = await aPerson()
    await ask(me, 300)
    await waitOut()
    const [last] = await world.entries(memberId)
    expect(last).toMatchObject({ kind: 'expire', cause: 'membership-end', delta: -300, balanceAfter: 0 })
    expect(last!.why).toEqual([{ rule: '@leaving', points: -300, because: { type: 'left' } }])
    expect(await world.account(memberId)).toMatchObject({ standing: 'cancelled', balance: 0, expired: 300 })
    expect((await me.ask('GET /me')).status).toBe(401)
    const { passed, checks } = await world.audit()
    expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
    expect(checks.find(({ id }) => id === 'leaving')!.checked).toBeGreaterThan(0)
  })

  it('is found nowhere in the database or the files, but by number in what the law keeps (Law9)', async () => {
    const { me, memberId, ...person } = await aPerson()
    // A life in which the name gets into many texts.
    await me.call('POST /me/profile', { avatar: await aPicture(), sex: 'female' })
    await tagMember(admin, memberId, ['熟客'])
    await world.buy(clerk, memberId, storeId, [8_800])
    const friend = await aPerson()
    const [friendRow] = await world.db.select().from(members).where(eq(members.id, friend.memberId))
    await world.bring(memberId, friendRow!.inviteCode)
    await givePost(admin, { memberId, role: 'clerk', storeIds: [storeId] })
    await admin.call('DELETE /admin/staff/:memberId', { memberId })
    const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
    await admin.call('PATCH /admin/members/:memberId/profile', {
      memberId,
      revision: revisions.profile,
      nickname: `${person.nickname}新`,
      reason: `${person.nickname}来电改名`,
    })
    await admin.call('POST /admin/members/:memberId/phone', {
      memberId,
      phone: person.phone,
      reason: '换绑',
      requestId: requestId(),
    })
    const back = await world.asMember(memberId)
    const { caseId } = await admin.call('POST /admin/cases', {
      memberIds: [memberId],
      reason: `核实${person.nickname}新`,
      freeze: true,
      requestId: requestId(),
    })
    await admin.call('POST /admin/cases/:caseId/notes', {
      caseId,
      text: `问过${person.nickname}新`,
      requestId: requestId(),
    })
    const verdict = { caseId, memberId, decision: 'cleared', reason: '没有问题', points: 5 } as const
    await admin.call('POST /admin/cases/:caseId/decisions', verdict)
    await world.settle()
    const { points } = await back.call('GET /me/leaving')
    const pictures = readdirSync(world.outside.files.folder).length
    expect(await ask(back, points)).toMatchObject({ status: 200 })
    expect(await placesOf(person.nickname)).not.toEqual([])

    await waitOut()

    const masked = `${person.phone.slice(0, 3)}****${person.phone.slice(-4)}`
    const texts = [...Object.values(person), masked]
    const found = await Promise.all(texts.map(async (text) => [text, await placesOf(text)] as const))
    expect(found.filter(([, places]) => places.length > 0)).toEqual([])
    expect(readdirSync(world.outside.files.folder).length).toBe(pictures - 1)
    const { passed, checks } = await world.audit()
    expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
  })

  it('may come back as a new member, without a second welcome gift until the time has passed', async () => {
    const { me, openid, phone, memberId } = await aPerson()
    await ask(me, 300)
    await waitOut()
    const join = (more: object) =>
      register(world.server, { openid, phone, nickname: '回来', inviteCode: '', source: 'mini-program', ...more })
    const againId = await join({})
    await world.settle()
    expect(againId).not.toBe(memberId)
    expect((await world.account(againId)).balance).toBe(0)
    expect((await admin.call('GET /admin/members/:memberId', { memberId: againId })).source).toBe('注销后重新加入')
    world.clock.set('2027-06-01T04:00:00.000Z')
    await jobs(world.server)
      .find(({ name }) => name === 'sweep-left')!
      .run()
    expect(await world.db.select().from(leftIdentities)).toEqual([])
    const laterId = await join({ openid: 'wx-other', phone: '13700000009' })
    await world.settle()
    expect((await world.account(laterId)).balance).toBe(50)
  })

  it('leaves a cancelled account and erased data also when the job broke off between the two', async () => {
    const { me, memberId, nickname } = await aPerson()
    const { points } = await me.call('GET /me/leaving')
    await ask(me, points)
    const [request] = await world.db.select().from(leaveRequests).where(eq(leaveRequests.memberId, memberId))
    const { endMembership } = await import('@pointbook/server/features/members/privacy/moves')
    await world.book.make(endMembership, { memberId, leaveId: request!.id, actor: 'system' })
    await waitOut()
    expect(await placesOf(nickname)).toEqual([])
    expect((await world.entries(memberId)).filter(({ cause }) => cause === 'membership-end').length).toBe(1)
  })

  it('is told by the audit when the account still has points', async () => {
    const { me, memberId } = await aPerson()
    await ask(me, 300)
    await waitOut()
    await world.db.update(members).set(addressColumns(world.outside.keys, '别离路')).where(eq(members.id, memberId))
    const { checks } = await world.audit()
    expect(checks.find(({ id }) => id === 'leaving')!.faults).toEqual([expect.stringContaining(`会员 ${memberId}`)])
  })
})

describe('the waiting time and the welcome gift', () => {
  it('are settings of the shop', async () => {
    await changeSettings(admin, {
      name: '店',
      notice: '',
      servicePhone: '',
      cards: true,
      leaveAfterDays: 0,
      rejoinAfterMonths: 0,
    })
    const { me, openid, phone } = await aPerson()
    expect(await me.call('GET /me/leaving')).toMatchObject({ waitingDays: 0, rejoinMonths: 0 })
    await ask(me, 300)
    await runJob()
    const againId = await register(world.server, { openid, phone, inviteCode: '', source: 'mini-program' })
    await world.settle()
    expect((await world.account(againId)).balance).toBe(50)
  })
})
