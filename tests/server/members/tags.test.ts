import { fixed, rate } from '@pointbook/config/policies/make'
import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagMember } from '../../support/edits.ts'
import { aRule, earningBy } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>

const forRegulars = aRule({
  id: 'regulars',
  name: '熟客礼',
  conditions: [{ type: 'tag', tags: ['熟客', '企业客户'] }],
  gift: fixed(20),
})

beforeAll(async () => {
  world = await aWorld({ policy: { earning: earningBy([aRule({ gift: rate(1, 1) }), forRegulars]) } })
  admin = await world.asAdmin()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
})
afterAll(() => world.close())

const tag = (memberId: number, ...tags: string[]) => tagMember(admin, memberId, tags)
const tryTags = async (memberId: number, tags: unknown) => {
  const revision = (await recordOf(memberId).catch(() => null))?.revisions.tags ?? '0'.repeat(16)
  return admin.ask('PUT /admin/members/:memberId/tags', { memberId, tags, revision })
}
const recordOf = (memberId: number) => admin.call('GET /admin/members/:memberId', { memberId })

describe('the tags of a member (A7)', () => {
  it('are given as a whole list, trimmed, and seen in the record', async () => {
    const memberId = await world.aMember()
    expect((await recordOf(memberId)).tags).toEqual([])
    expect(await tag(memberId, ' 熟客 ', '住得近')).toEqual({ tags: ['熟客', '住得近'] })
    expect(await tag(memberId, '住得近', '"引号"\\')).toEqual({ tags: ['住得近', '"引号"\\'] })
    expect((await recordOf(memberId)).tags).toEqual(['住得近', '"引号"\\'])
    await tag(memberId)
    expect((await recordOf(memberId)).tags).toEqual([])
  })

  it('may be fifty of twenty characters, whatever the characters', async () => {
    const memberId = await world.aMember()
    const tags = Array.from({ length: 50 }, (_, index) => String(index).padStart(20, '"'))
    expect(await tag(memberId, ...tags)).toEqual({ tags })
    expect(await tag(memberId, '🍵'.repeat(20))).toEqual({ tags: ['🍵'.repeat(20)] })
    expect((await recordOf(memberId)).tags).toEqual(['🍵'.repeat(20)])
  })

  it.each([
    ['a blank', ['熟客', '  ']],
    ['twins', ['熟客', ' 熟客']],
    ['one too long', ['长'.repeat(21)]],
    ['too many', Array.from({ length: 51 }, (_, index) => `标签${index}`)],
  ])('are refused with %s, and stay as they were', async (_, tags) => {
    const memberId = await world.aMember()
    await tag(memberId, '原来的')
    expect(await tryTags(memberId, tags)).toMatchObject({ status: 400, body: { code: 'tags.invalid' } })
    expect((await recordOf(memberId)).tags).toEqual(['原来的'])
  })

  it.each([
    ['half a character', ['\ud83c']],
    ['a line break', ['上\n下']],
  ])('are no %s', async (_, tags) => {
    const memberId = await world.aMember()
    expect((await tryTags(memberId, tags)).body.code).toBe('input.invalid')
  })

  it('are given to members only, by merchants only', async () => {
    expect((await tryTags(999, ['熟客'])).body.code).toBe('member.unknown')
    const memberId = await world.aMember()
    const member = await world.asMember(memberId)
    expect((await member.ask('PUT /admin/members/:memberId/tags', { memberId, tags: [] })).status).toBe(401)
    expect((await member.ask('GET /admin/tags')).status).toBe(401)
  })

  it('leave a line in the audit log that says what changed, and none when nothing did', async () => {
    const memberId = await world.aMember()
    await tag(memberId, '熟客', '学生')
    await tag(memberId, '学生', '企业客户')
    await tag(memberId, '企业客户', '学生')
    const { log } = await recordOf(memberId)
    expect(log.map(({ actor, action, text }) => ({ actor, action, text }))).toEqual([
      { actor: 'admin/demo', action: 'member.tags', text: '加上标签「企业客户」，去掉标签「熟客」' },
      { actor: 'admin/demo', action: 'member.tags', text: '加上标签「熟客」「学生」' },
    ])
    expect(JSON.parse(log[0]!.detail)).toEqual({ before: ['熟客', '学生'], after: ['学生', '企业客户'] })
  })
})

describe('the members with a tag', () => {
  it('are found by it, alone or together with other filters', async () => {
    const [one, other, neither] = [await world.aMember(), await world.aMember(), await world.aMember()]
    await tag(one, '写字楼', '会员日')
    await tag(other, '写字楼')
    await tag(neither, '写字')
    const page = await admin.call('POST /admin/members/search', { tag: '写字楼' })
    expect(page).toMatchObject({
      total: 2,
      rows: [{ memberId: other }, { memberId: one, tags: ['写字楼', '会员日'] }],
    })
    expect((await admin.call('POST /admin/members/search', { tag: '写字楼', standing: 'frozen' })).total).toBe(0)
    expect((await admin.call('POST /admin/members/search', { tag: '没有人' })).rows).toEqual([])
    await tag(other)
    expect((await admin.call('POST /admin/members/search', { tag: '写字楼' })).rows).toMatchObject([{ memberId: one }])
  })

  it('are counted tag by tag, the most used first', async () => {
    const [one, other] = [await world.aMember(), await world.aMember()]
    await tag(one, '健身房', '瑜伽')
    await tag(other, '健身房')
    const { rows, more } = await admin.call('GET /admin/tags')
    expect(more).toBe(false)
    expect(rows.filter(({ tag: name }) => ['健身房', '瑜伽'].includes(name))).toEqual([
      { tag: '健身房', members: 2 },
      { tag: '瑜伽', members: 1 },
    ])
  })

  it('are counted for two hundred tags, and the answer says that there are more', async () => {
    for (const part of [1, 2, 3, 4]) {
      const tags = Array.from({ length: 50 }, (_, index) => `第 ${part} 组 ${index}`)
      await tag(await world.aMember(), ...tags)
    }
    await tag(await world.aMember(), '再多一个')
    const { rows, more } = await admin.call('GET /admin/tags')
    expect([rows.length, more]).toEqual([200, true])
  })

  it('earn by a rule for them, and other members see that it is not for them (A7)', async () => {
    const [regular, stranger] = [await world.aMember(), await world.aMember()]
    await tag(regular, '企业客户')
    expect((await world.buy(clerk, regular, storeId, [30_00])).points).toBe(30 + 20)
    const { points, why } = await world.buy(clerk, stranger, storeId, [30_00])
    expect(points).toBe(30)
    expect(why[1]).toMatchObject({ ruleId: 'regulars', points: 0, matched: false })
    expect(why[1]!.text).toContain('会员')
    await tag(regular)
    expect((await world.buy(clerk, regular, storeId, [30_00])).points).toBe(30)
  })

  it('keep it when two records are merged, and count once (I1)', async () => {
    const [kept, double] = [await world.aMember(), await world.aMember()]
    await tag(kept, '常客')
    await tag(double, '常客', '教师')
    const merge = { memberId: kept, doubleId: double, reason: '同一个人', requestId: fresh() }
    await admin.call('POST /admin/members/:memberId/merge', merge)
    await world.settle()
    expect((await recordOf(kept)).tags).toEqual(['常客', '教师'])
    expect((await admin.call('POST /admin/members/search', { tag: '常客' })).rows).toMatchObject([{ memberId: kept }])
    const [row] = await world.db.select({ tags: members.tags }).from(members).where(eq(members.id, double))
    expect(row!.tags).toEqual([])
  })
})
