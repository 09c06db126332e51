import { consents } from '@pointbook/server/features/members/consents/tables'
import { members } from '@pointbook/server/features/members/directory/tables'
import { publishStandard } from '@pointbook/server/features/shop/agreement/store'
import { agreements } from '@pointbook/server/features/shop/agreement/tables'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorldWithWeChat } from '../../support/wechat-world.ts'
import { fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorldWithWeChat()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const inForce = async () => (await world.anyone().call('GET /agreement')).version

async function signUpInput(more: object = {}) {
  const { openid } = await world.aPerson()
  const ticket = { signUpTicket: await world.aTicket(openid), phoneCode: await world.phoneCode(openid) }
  return { ...ticket, agreed: true as const, requestId: fresh(), ...more }
}

async function aNewcomer(more: object = {}) {
  const { tokens } = await world.anyone().call('POST /members', await signUpInput(more))
  const me = world.speaker({ authorization: `Bearer ${tokens.accessToken}`, 'x-pointbook-release': '1' })
  const { memberId } = await me.call('GET /me')
  return { me, memberId }
}

async function publish(supplement: string, changes = '增加了补充约定') {
  const { revision } = await admin.call('GET /admin/agreement')
  return admin.call('PUT /admin/agreement', { supplement, changes, revision })
}

const agree = (me: Speaker, version: number) => me.ask('POST /me/agreement', { version, requestId: fresh() })

describe('signing up (Law9)', () => {
  it('keeps the version that was shown, the age that was stated and the refusal, with their time', async () => {
    const version = await inForce()
    const { me } = await aNewcomer({ agreement: version, age: 'from-14', noPersonalOffers: true })
    const { agreement, purposes, history } = await me.call('GET /me/consents')
    const at = world.clock.now()
    expect(agreement).toMatchObject({ version, agreedVersion: version, agreedAt: at })
    expect(purposes[1]).toEqual({ purpose: 'personal-offers', allowed: false, saidAt: at, version })
    expect(history.map(({ subject, given, place }) => [subject, given, place])).toEqual([
      ['personal-offers', false, 'sign-up'],
      ['age', true, 'sign-up'],
      ['service', true, 'sign-up'],
    ])
    expect(await me.call('GET /me')).toMatchObject({ agreementOutdated: false })
  })

  it('by a release that names no version works, and asks for the newest one afterwards', async () => {
    const { me } = await aNewcomer()
    expect(await me.call('GET /me')).toMatchObject({ agreementOutdated: true })
    const { agreement } = await me.call('GET /me/consents')
    expect(agreement).toMatchObject({ agreedVersion: 0, agreedAt: world.clock.now() })
  })

  it('does not take a consent to a text that is no longer, or not yet, in force', async () => {
    const old = await inForce()
    await publish('本店积分不与其他店通用。')
    for (const agreement of [old, old + 2]) {
      const input = await signUpInput({ agreement })
      expect(await world.anyone().ask('POST /members', input)).toMatchObject({ body: { code: 'agreement.changed' } })
    }
    expect((await world.anyone().ask('POST /members', await signUpInput({ agreement: old + 1 }))).status).toBe(200)
  })
})

describe('a new version', () => {
  it('is asked for, and agreeing is kept with its time', async () => {
    const { me } = await aNewcomer({ agreement: await inForce() })
    const { version } = await publish('积分每年清点一次。', '写明了清点')
    expect(await me.call('GET /me')).toMatchObject({ agreementOutdated: true })
    expect((await me.call('GET /me/consents')).agreement).toMatchObject({ changes: '写明了清点', version })
    expect((await agree(me, version - 1)).body.code).toBe('agreement.changed')
    expect((await agree(me, version)).body.agreement).toMatchObject({ agreedVersion: version })
    expect(await me.call('GET /me')).toMatchObject({ agreementOutdated: false })
  })

  it('not agreed to, takes nothing away: points, redemption, export and leaving work as before', async () => {
    const { me, memberId } = await aNewcomer({ agreement: await inForce() })
    await publish(`第二次补充 ${fresh()}`)
    expect((await me.call('GET /me')).points.balance).toBe(50)
    expect((await me.ask('POST /me/check-ins')).status).toBe(200)
    expect((await me.ask('GET /me/export', { format: 'json' })).status).toBe(200)
    const { points } = await me.call('GET /me/leaving')
    expect((await me.ask('POST /me/leaving', { points, requestId: fresh() })).status).toBe(200)
    const [row] = await world.db.select().from(members).where(eq(members.id, memberId))
    expect(row!.agreedVersion).toBe((await inForce()) - 1)
  })

  it('agreed to twenty times at once is one consent', async () => {
    const { me, memberId } = await aNewcomer()
    const version = await inForce()
    const answers = await Promise.all(Array.from({ length: 20 }, () => agree(me, version)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const rows = await world.db.select().from(consents).where(eq(consents.memberId, memberId))
    expect(rows.map((row) => row.version)).toEqual([0, version])
  })
})

describe('publishing (A5)', () => {
  it('keeps every version with its whole text, its author and its time, and counts who has agreed', async () => {
    const before = await admin.call('GET /admin/agreement')
    const { version } = await publish('会员日八折。', '增加了会员日')
    await aNewcomer({ agreement: version })
    const after = await admin.call('GET /admin/agreement')
    expect(after).toMatchObject({ version, supplement: '会员日八折。', agreed: 1 })
    expect(after.members).toBeGreaterThan(before.members)
    expect(after.versions[0]).toMatchObject({ version, changes: '增加了会员日', publishedAt: world.clock.now() })
    expect(after.sections.at(-1)).toEqual({ title: '本店的补充约定', text: '会员日八折。' })
    const rows = await world.db.select().from(agreements).orderBy(desc(agreements.version))
    expect(rows.map((row) => row.version)).toEqual(Array.from({ length: version }, (_, index) => version - index))
    const [line] = await world.db.select().from(auditLog).where(eq(auditLog.action, 'agreement.publish')).limit(1)
    expect(line!.text).toMatch(/^发布会员协议第 \d+ 版：/)
  })

  it('does nothing when nothing was changed', async () => {
    const { supplement } = await admin.call('GET /admin/agreement')
    const version = await inForce()
    expect((await publish(supplement)).version).toBe(version)
    expect(await inForce()).toBe(version)
  })

  it('gives twenty windows one new version: the others are told', async () => {
    const { version, revision } = await admin.call('GET /admin/agreement')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        admin.ask('PUT /admin/agreement', { supplement: `窗口 ${index}`, changes: '补充', revision }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    expect(answers.filter(({ body }) => body.code === 'edit.outdated').length).toBe(19)
    expect(await inForce()).toBe(version + 1)
  })

  it('refuses control characters and texts that are too long, and cleans the rest', async () => {
    const { revision } = await admin.call('GET /admin/agreement')
    const put = (supplement: string, changes: string) =>
      admin.ask('PUT /admin/agreement', { supplement, changes, revision })
    expect((await put('x'.repeat(2001), '补充')).status).toBe(400)
    expect((await put('好', '  ')).status).toBe(400)
    expect((await put('好', 'x'.repeat(101))).status).toBe(400)
    expect((await put("'; DROP TABLE members; --<script>", '补充')).status).toBe(200)
    const { sections } = await world.anyone().call('GET /agreement')
    expect(sections.at(-1)!.text).toBe("'; DROP TABLE members; --<script>")
  })

  it('adds a version when an update brings a new standard text, once, with the shop’s own terms', async () => {
    const before = await inForce()
    await world.db.update(agreements).set({ edition: 0 }).where(eq(agreements.version, before))
    await Promise.all(Array.from({ length: 5 }, () => publishStandard(world.outside)))
    expect(await inForce()).toBe(before + 1)
    const [row] = await world.db.select().from(agreements).orderBy(desc(agreements.version)).limit(1)
    expect(row).toMatchObject({ publishedBy: 'system', supplement: "'; DROP TABLE members; --<script>" })
  })
})
