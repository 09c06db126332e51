import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { aPartner } from '../../support/partner.ts'
import { admin, clerk, inAStaffedShop, storeId, world } from '../../support/staffed-shop.ts'
import { fresh } from '../../support/world.ts'

inAStaffedShop()

async function rename(nickname: string) {
  const memberId = await world.aMember()
  const answer = await (await world.asMember(memberId)).ask('POST /me/profile', { nickname })
  const [row] = await world.db.select().from(members).where(eq(members.id, memberId))
  return { status: answer.status, nickname: row!.nickname }
}

describe('a name', () => {
  it.each([
    ['of marks that turn the text around', '\u202e满小林\u202c', '满小林'],
    ['with marks nobody sees', '林\u200b小\u2066满', '林小满'],
    ['in full width, with blanks around', '　Ｌｉｎ ', 'Lin'],
    ['decomposed', 'Rene\u0301e', 'Renée'],
    ['of twenty emoji', '😀'.repeat(20), '😀'.repeat(20)],
    ['of an emoji made of several', '👨‍👩‍👧', '👨‍👩‍👧'],
  ])('%s is stored as people see it (FS14, FP13)', async (_, typed, stored) => {
    expect(await rename(typed)).toEqual({ status: 200, nickname: stored })
  })

  it.each([
    ['of zero-width marks only', '\u200b\u200c\ufeff'],
    ['of blanks of every kind', '\u3000\u00a0\u2800\u3164'],
    ['of half a character', '林\ud83d'],
    ['with a NUL', '林\u0000'],
    ['of twenty-one characters', '林'.repeat(21)],
  ])('%s is refused (FS14)', async (_, typed) => {
    expect((await rename(typed)).status).toBe(400)
  })

  it('is limited in length after cleaning (FP13)', async () => {
    expect(await rename(`${'\u200b'.repeat(30)}林小满${' '.repeat(30)}`)).toEqual({ status: 200, nickname: '林小满' })
    // One sign that NFKC spells out in eighteen.
    expect((await rename('ﷺﷺ')).status).toBe(400)
  })

  it('is cleaned in items, stores, rules, tags and keys (FS14)', async () => {
    const odd = '\u202e拿铁\u200b　'
    const item = { name: odd, category: odd, points: 10, worthFen: 0, stock: 1, requestId: fresh() }
    const rest = { limitPerMember: null, position: 0, listed: true, pictureUrl: '', description: '', instructions: '' }
    expect(await admin.ask('POST /admin/items', { ...item, ...rest })).toMatchObject({ status: 200 })
    const { rows } = await admin.call('GET /admin/items')
    expect(rows).toMatchObject([{ name: '拿铁', category: '拿铁' }])
    const memberId = await world.aMember()
    const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
    const tag = (tags: string[]) =>
      admin.ask('PUT /admin/members/:memberId/tags', { memberId, tags, revision: revisions.tags })
    expect(await tag(['\u200b'])).toMatchObject({ status: 400, body: { code: 'tags.invalid' } })
    expect(await tag([odd])).toMatchObject({ body: { tags: ['拿铁'] } })
  })
})

describe('a code at the till', () => {
  const wide = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

  it.each([
    ['in full-width digits', wide],
    ['with a trailing return', (code: string) => `${code}\r\n`],
    ['with no-break spaces between groups', (code: string) => code.replace(/(\d{4})(?=.)/g, '$1\u00a0')],
    ['after a direction mark', (code: string) => `\u200e${code}`],
    ['between the control characters of a scanner', (code: string) => `\u0002${code}\u0003`],
    ['with dashes between groups', (code: string) => code.replace(/(\d{4})(?=.)/g, '$1-')],
  ])('is read %s (FT5)', async (_, typed) => {
    const memberId = await world.aMember()
    const { code } = await (await world.asMember(memberId)).call('GET /me/code')
    const scan = await clerk.ask('POST /clerk/scans', { code: typed(code), storeId, requestId: fresh() })
    expect(scan).toMatchObject({ status: 200, body: { kind: 'member', member: { memberId } } })
  })

  it('with full-width letters and blanks around it names the same receipt as the printed one (FT5)', async () => {
    const memberId = await world.aMember()
    await world.buy(clerk, memberId, storeId, [10_00], 'A-77')
    const answer = await clerk.ask('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo: ' Ａ－７７　' })
    expect(answer).toMatchObject({ status: 200, body: { receiptNo: 'A-77' } })
  })

  it('finds a member for a partner by a phone number in any form (FM3)', async () => {
    const memberId = await world.aMember({ phone: world.outside.keys.hash('13800138000') })
    const partner = await aPartner(world, [storeId])
    const event = { type: 'review', code: '', member: { phone: '+86 138-0013-8000' } }
    expect(await partner.ask('POST /open/events', { ...event, eventId: 'E1' })).toMatchObject({ status: 200 })
    expect(memberId).toBeGreaterThan(0)
  })
})
