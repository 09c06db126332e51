import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

describe('finding members', () => {
  const find = async (q: string) =>
    (await admin.call('POST /admin/members/search', { q })).rows.map(({ nickname }) => nickname).sort()

  beforeAll(async () => {
    for (const [nickname, phone] of [
      ['苏晚晴', '13800001234'],
      ['苏晚', '13900005678'],
      ['1234号', '13700000001'],
      ['Anna', ''],
    ] as const)
      await world.aMember({ nickname, phone: phone && world.outside.keys.hash(phone) })
    await world.db.update(members).set({ phoneTail: '1234' }).where(eq(members.nickname, '苏晚晴'))
  })

  it('by part of the nickname, whatever the case', async () => {
    expect(await find('苏晚')).toEqual(['苏晚', '苏晚晴'])
    expect(await find('anNA')).toEqual(['Anna'])
    expect(await find('_')).toEqual([])
  })

  it('by the whole phone number, and by its last four digits', async () => {
    expect(await find('139 0000 5678')).toEqual(['苏晚'])
    expect(await find('13900005679')).toEqual([])
    expect(await find('1234')).toEqual(['1234号', '苏晚晴'])
  })

  it.each([
    '+86 139 0000 5678',
    '8613900005678',
    '0086-139-0000-5678',
    '１３９００００５６７８',
    '\u202d139\u200b00005678\u202c',
  ])('by a phone number as it is pasted: %s (FM3)', async (typed) => {
    expect(await find(typed)).toEqual(['苏晚'])
  })

  it('by a phone number of Hong Kong, with and without the region (FM3)', async () => {
    await world.aMember({ nickname: '港客', phone: world.outside.keys.hash('+85251234567') })
    for (const typed of ['+852 5123 4567', '85251234567', '5123 4567', '５１２３４５６７'])
      expect(await find(typed), typed).toEqual(['港客'])
  })

  it('by an emoji finds exactly the members with this emoji (FM3)', async () => {
    await world.aMember({ nickname: '小满🌙' })
    await world.aMember({ nickname: '🌞晴天' })
    expect(await find('🌙')).toEqual(['小满🌙'])
    expect(await find('小满🌙')).toEqual(['小满🌙'])
    expect(await find('🍀')).toEqual([])
    expect(await find('𠮷')).toEqual([])
  })

  it('by the member number', async () => {
    const memberId = await world.aMember({ nickname: '按号找' })
    const { rows } = await admin.call('POST /admin/members/search', { q: '按号找' })
    expect(rows[0]).toMatchObject({ memberId, memberNo: String(memberId).padStart(8, '0'), standing: 'active' })
    expect(await find(rows[0]!.memberNo)).toEqual(['按号找'])
  })

  it('page by page, each once, the newest first, and says how many there are', async () => {
    const seen: number[] = []
    let total = 0
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await admin.call('POST /admin/members/search', { limit: 3, ...(cursor && { cursor }) })
      seen.push(...page.rows.map(({ memberId }) => memberId))
      cursor = page.next
      total = page.total
    }
    expect(seen).toHaveLength(total)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
  })

  it('by standing', async () => {
    const memberId = await world.aMember({ nickname: '被冻结的' })
    const change = { memberId, standing: 'frozen', reason: '调查', requestId: fresh() } as const
    await admin.call('POST /admin/members/:memberId/standing', change)
    const { rows, total } = await admin.call('POST /admin/members/search', { standing: 'frozen' })
    expect([rows.map((row) => row.memberId), total]).toEqual([[memberId], 1])
  })
})
