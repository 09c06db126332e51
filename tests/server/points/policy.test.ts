import { demoPolicy } from '@pointbook/config/policies/demo'
import { policies } from '@pointbook/server/book/tables'
import { publishFirst } from '@pointbook/server/features/points/policy/store'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepDraft } from '../../support/edits.ts'
import { aPolicy, living } from '../../support/policies.ts'
import { aWorld, fresh, publish, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const latest = async () => (await admin.call('GET /admin/policies')).rows[0]!.version
const named = (name: string) => aPolicy({ name })
const publishes = (policy: Policy, more: object = {}) => publish(admin, policy, more)

it('publishes at once with an audit log line, and applies from then on', async () => {
  const basedOn = await latest()
  const { status, body } = await publishes(named('新规则'), { note: '开业大促' })
  expect([status, body]).toEqual([
    200,
    {
      version: basedOn + 1,
      name: '新规则',
      note: '开业大促',
      publishedAt: world.clock.now(),
      publishedBy: expect.any(String),
      effectiveAt: world.clock.now(),
      state: 'in-force',
      warnings: expect.any(Array),
    },
  ])
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: basedOn + 1, inForce: named('新规则') })
  const [before] = (await admin.call('GET /admin/policies')).rows.slice(1)
  expect(before).toMatchObject({ version: basedOn, state: 'past' })
  const [line] = await world.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, 'policy.publish'), eq(auditLog.subject, `policy/${basedOn + 1}`)))
  expect(line).toMatchObject({ actor: 'admin/demo', text: `发布积分规则第 ${basedOn + 1} 版：开业大促` })
})

it('answers a repeated request with the version it has published', async () => {
  const requestId = fresh()
  const basedOn = await latest()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => publishes(named('只发一次'), { requestId, basedOn })),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.version}`))).toEqual(
    new Set([`200 ${basedOn + 1}`]),
  )
  expect(await latest()).toBe(basedOn + 1)
  const other = await publishes(named('另一个'), { requestId, basedOn })
  expect(other.body.code).toBe('move.key-reused')
})

it('accepts only one of many changes based on the same version', async () => {
  const basedOn = await latest()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, who) => publishes(named(`第${who}人`), { basedOn })))
  const codes = answers.map(({ status, body }) => (status === 200 ? 'published' : body.code)).sort()
  expect(codes).toEqual([...Array(19).fill('policy.outdated'), 'published'])
  expect(await latest()).toBe(basedOn + 1)
})

it('refuses a faulty policy with its faults, and accepts one with warnings', async () => {
  const faulty = aPolicy({ reminder: { ...aPolicy().reminder, fromHour: 9, untilHour: 9 } })
  const { status, body } = await publishes(faulty)
  expect([status, body.code]).toEqual([422, 'policy.faulty'])
  expect(body.detail.faults).toEqual([{ path: 'reminder.untilHour', level: 'error', text: '结束时间要晚于开始时间' }])
  const doubtful = aPolicy({ referral: { ...aPolicy().referral, inviterPoints: 0 } })
  const { status: published, body: told } = await publishes(doubtful)
  expect([published, told.warnings]).toEqual([
    200,
    [expect.objectContaining({ path: 'referral.inviterPoints', level: 'warning' })],
  ])
})

it('puts a policy into force later, announces it, and requires the next one to be based on it', async () => {
  const inForce = await latest()
  const effectiveAt = '2026-03-10T16:00:00.000Z'
  expect((await publishes(named('三月规则'), { effectiveAt })).body).toMatchObject({ state: 'coming', effectiveAt })
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: inForce, latest: inForce + 1 })
  expect((await publishes(named('忘了三月'), { basedOn: inForce })).body.code).toBe('policy.outdated')
  world.clock.set(effectiveAt)
  expect(await admin.call('GET /admin/policy')).toMatchObject({ version: inForce + 1, inForce: named('三月规则') })
})

it.each([
  ['in the past', { effectiveAt: '2026-01-01T00:00:00.000Z' }, 'policy.in-the-past'],
  ['on no day at all', { effectiveAt: '2026-13-01T00:00:00.000Z' }, 'input.invalid'],
  ['based on a version that is none', { basedOn: 900_000 }, 'policy.unknown'],
  ['without a note', { note: ' ' }, 'input.invalid'],
  ['without a request id', { requestId: 'x' }, 'input.invalid'],
])('refuses to publish %s', async (_, more, code) => {
  const before = await latest()
  expect((await publishes(named('不行'), more)).body.code).toBe(code)
  expect(await latest()).toBe(before)
})

it('refuses a policy with an invalid structure', async () => {
  const { earning: _, ...half } = named('半个')
  expect((await publishes(half as Policy)).body.code).toBe('input.invalid')
  const strange = { ...named('多一个'), extra: 1 } as Policy
  expect((await publishes(strange)).body.code).toBe('input.invalid')
})

it('never changes a version that has been published', async () => {
  const { body } = await publishes(named('不变'))
  const first = await admin.call('GET /admin/policies/:version', { version: body.version })
  await publishes(named('后来'))
  expect(await admin.call('GET /admin/policies/:version', { version: body.version })).toEqual({
    ...first,
    state: 'past',
  })
  expect((await admin.ask('GET /admin/policies/:version', { version: 99_999 })).body.code).toBe('policy.unknown')
})

it('shows the promises to members that going back to a version would break', async () => {
  const short = (await publishes(aPolicy({ name: '半年', expiry: living({ type: 'months', months: 6 }) }))).body
  await publishes(aPolicy({ name: '一年', expiry: living({ type: 'months', months: 12 }) }))
  const { warnings } = await admin.call('GET /admin/policies/:version', { version: short.version })
  expect(warnings).toContainEqual(expect.objectContaining({ level: 'warning', path: expect.stringMatching(/^expiry/) }))
  const { version } = await admin.call('GET /admin/policy')
  expect((await admin.call('GET /admin/policies/:version', { version })).warnings).toEqual([])
})

it('keeps a draft with its faults until it is published or discarded', async () => {
  const draft = aPolicy({ name: '草稿', checkIn: { ...aPolicy().checkIn, extras: [{ days: 9, points: 1 }] } })
  const { faults } = await keepDraft(admin, draft)
  expect(faults.map(({ path }) => path)).toEqual(['checkIn.extras.0.days'])
  expect(await admin.call('GET /admin/policy')).toMatchObject({ draft, draftSavedAt: world.clock.now() })

  const shorter = aPolicy({ expiry: living({ type: 'months', months: 6 }) })
  expect(await keepDraft(admin, shorter)).toMatchObject({
    faults: [{ path: 'expiry.life', level: 'warning' }],
  })

  const better = named('改好了')
  expect(await keepDraft(admin, better)).toMatchObject({ faults: [] })
  await publishes(named('与草稿无关'))
  expect((await admin.call('GET /admin/policy')).draft).toEqual(better)
  await publishes(better)
  expect(await admin.call('GET /admin/policy')).toMatchObject({ draft: null, draftSavedAt: null, draftSavedBy: '' })

  await keepDraft(admin, better)
  await keepDraft(admin, null)
  expect((await admin.call('GET /admin/policy')).draft).toBeNull()
})

it.each([
  ['GET /admin/policy', {}],
  ['PUT /admin/policy/draft', { draft: null }],
  ['POST /admin/policy/preview', {}],
  ['GET /admin/policies', {}],
  ['GET /admin/policies/:version', { version: 1 }],
  ['POST /admin/policies', {}],
])('shows %s to merchants only', async (op, input) => {
  const member = await world.asMember(await world.aMember())
  for (const stranger of [world.anyone(), member]) expect((await stranger.ask(op, input)).status).toBe(401)
})

it('writes nothing while the clock is before the first policy, reports it, and continues after the clock is set', async () => {
  const memberId = await world.aMember()
  const member = await world.asMember(memberId)
  const now = world.clock.now()
  world.clock.set('1970-01-01T00:00:10.000Z')
  expect(await member.ask('POST /me/check-ins')).toMatchObject({ status: 503, body: { code: 'clock.wrong' } })
  expect(await member.ask('GET /me')).toMatchObject({ status: 200, body: { points: { balance: 0 } } })
  world.clock.set(now)
  expect(await member.ask('POST /me/check-ins')).toMatchObject({ status: 200, body: { already: false } })
  expect(await world.entries(memberId)).toHaveLength(1)
})

it('gives a new shop its first rules, and does not change those of an existing shop', async () => {
  const before = await latest()
  await publishFirst(world.server, demoPolicy)
  expect(await latest()).toBe(before)
  await world.db.delete(policies)
  await Promise.all([publishFirst(world.server, demoPolicy), publishFirst(world.server, demoPolicy)])
  const { rows } = await admin.call('GET /admin/policies')
  expect(rows).toMatchObject([
    { version: 1, state: 'in-force', publishedBy: '系统', effectiveAt: '2020-01-01T00:00:00.000Z' },
  ])
})
