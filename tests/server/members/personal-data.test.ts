import { readdirSync } from 'node:fs'
import { pointsEntries } from '@pointbook/server/book/tables'
import {
  addressColumns,
  birthdayColumns,
  openidColumns,
  phoneColumns,
} from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { eq, getTableColumns, like, sql } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tagMember } from '../../support/edits.ts'
import { give } from '../../support/server.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker
let storeId: number
let clerk: Awaited<ReturnType<typeof world.aClerk>>
let memberId: number
let me: Speaker

const PHONE = '13912345678'

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
  storeId = await world.aStore()
  clerk = await world.aClerk([storeId])
  memberId = await aPerson('林小满', PHONE, 'wx-lin')
  me = await world.asMember(memberId)
})
afterAll(() => world.close())

async function aPerson(nickname: string, phone: string, openid: string): Promise<number> {
  const id = await world.aMember({ nickname, points: 300 })
  const { keys } = world.outside
  const own = {
    ...phoneColumns(keys, phone),
    ...openidColumns(keys, openid),
    ...birthdayColumns(keys, '1992-05-20'),
    ...addressColumns(keys, '云栖路 8 号'),
  }
  await world.db.update(members).set(own).where(eq(members.id, id))
  return id
}

/** The member's data as JSON, by section. */
async function dataOf(speaker: Speaker) {
  const { status, body } = await speaker.ask('GET /me/export', { format: 'json' })
  expect(status).toBe(200)
  return body.资料 as Record<string, Record<string, unknown>[]>
}

describe('the member’s own data (Law9, FS12, A4)', () => {
  it('have profile, identities, entries with their reasons, lots, purchases and orders', async () => {
    await world.buy(clerk, memberId, storeId, [12_300, 700], 'R-77')
    const itemId = await world.anItem({ name: '挂耳咖啡' })
    await me.call('POST /mall/redemptions', { itemId, quantity: 1, points: 100, storeId, requestId: fresh() })
    await world.settle()
    const data = await dataOf(me)
    expect(data.基本资料).toMatchObject([{ 昵称: '林小满', 生日: '1992-05-20', 地址: '云栖路 8 号' }])
    expect(data.登录身份).toMatchObject([{ 手机号: PHONE, '微信 OpenID': 'wx-lin' }])
    expect(data.积分明细).toContainEqual(
      expect.objectContaining({ 类型: '获得', 来源: '消费', 说明: expect.stringMatching(/消费 130.00 元/) }),
    )
    expect(data.积分批次!.length).toBe(2)
    expect(data.消费记录).toMatchObject([{ 小票号: 'R-77', '金额（元）': 130, 商品: '商品1 ×1 123 元\n商品2 ×1 7 元' }])
    expect(data.兑换订单).toMatchObject([{ 商品: '挂耳咖啡', 状态: '待取货' }])
    expect(data.出示会员码!.length).toBe(1)
    expect(data.消息!.length).toBeGreaterThan(0)
  })

  it('have the labels that the merchant gave (Law10)', async () => {
    await tagMember(admin, memberId, ['熟客', '爱喝美式'])
    expect((await dataOf(me)).标签).toEqual([{ 商家给的标签: '熟客' }, { 商家给的标签: '爱喝美式' }])
  })

  it('have friends with masked names only, on both sides', async () => {
    const friendId = await aPerson('周子墨', '13700000001', 'wx-zhou')
    const [own] = await world.db.select().from(members).where(eq(members.id, memberId))
    await world.bring(friendId, own!.inviteCode)
    expect((await dataOf(me)).我邀请的好友).toMatchObject([{ 好友: '周*墨' }])
    const friend = await dataOf(await world.asMember(friendId))
    expect(friend.邀请我的好友).toMatchObject([{ 好友: '林*满' }])
    expect(JSON.stringify(friend)).not.toContain('林小满')
  })

  it('have the case about the member, with its steps that name the member', async () => {
    const suspectId = await aPerson('疑似', '13700000003', 'wx-suspect')
    const suspect = await world.asMember(suspectId)
    await admin.call('POST /admin/cases', { memberIds: [suspectId], reason: '刷单', freeze: true, requestId: fresh() })
    const data = await dataOf(suspect)
    expect(data.调查).toMatchObject([{ 原因: '刷单', 结论: '调查中' }])
    expect(data.调查经过).toMatchObject([{ 内容: '刷单' }])
  })

  it('have what a double brought that was merged into the record', async () => {
    const [keptId, doubleId] = [await world.aMember(), await aPerson('双份', '13700000002', 'wx-double')]
    await world.buy(clerk, doubleId, storeId, [1_000], 'R-double')
    const shown = await admin.call('GET /admin/members/:memberId/merge', { memberId: keptId, doubleId })
    const { points, balance, debt, tierName } = shown.after
    const figures = { points, balance, debt, tierName }
    await admin.call('POST /admin/members/:memberId/merge', {
      memberId: keptId,
      doubleId,
      reason: '同一人',
      requestId: fresh(),
      ...figures,
    })
    await world.settle()
    const data = await dataOf(await world.asMember(keptId))
    expect(data.消费记录).toMatchObject([{ 小票号: 'R-double' }])
    expect(data.合并的档案!.length).toBe(1)
  })

  it('are nobody else’s: a member gets no row of another', async () => {
    const other = await dataOf(await world.asMember(await world.aMember({ nickname: '别人' })))
    expect(Object.keys(other)).toEqual(['基本资料', '登录身份', '积分账户', '登录中的设备'])
    expect(JSON.stringify(other)).not.toMatch(/林小满|R-77|13912345678/)
  })
})

describe('the page about the member’s data', () => {
  it('shows the newest rows of each kind, whether there are more, and what leaving does with them', async () => {
    for (let count = 0; count < 25; count++) await world.book.make(adjust, give(memberId, 1))
    const { sections, kept } = await me.call('GET /me/personal-data')
    const entries = sections.find(({ title }) => title === '积分明细')!
    expect(entries).toMatchObject({ more: true, onLeaving: 'keep', law: '《会计档案管理办法》第十四条、附表一' })
    expect(entries.rows.length).toBe(20)
    expect(sections.find(({ title }) => title === '消息')).toMatchObject({ more: false, onLeaving: 'erase', law: '' })
    expect(sections.find(({ title }) => title === '消费记录')!.law).toBe('《电子商务法》第三十一条')
    expect(kept.map(({ name }) => name)).toContain('《电子商务法》第三十一条')
  })
})

describe('the file', () => {
  const sheetsIn = (file: Uint8Array) => {
    const parts = unzipSync(file)
    const names = [...strFromU8(parts['xl/workbook.xml']!).matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(
      ([, name]) => name,
    )
    return {
      names,
      text: Object.values(parts)
        .map((part) => strFromU8(part))
        .join('\n'),
    }
  }
  const fetchFile = async (speaker: Speaker, format = 'spreadsheet') =>
    world.app.http.inject({ url: `/me/export?format=${format}`, headers: speaker.headers })

  it('is a spreadsheet with a sheet for each kind, and says what the law keeps', async () => {
    const answer = await fetchFile(me)
    expect(answer.headers['content-type']).toContain('spreadsheetml')
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toMatch(/会员资料-2026-03-02\.xlsx$/)
    const { names, text } = sheetsIn(answer.rawPayload)
    expect(names).toEqual(expect.arrayContaining(['说明', '基本资料', '积分明细', '消费记录', '标签']))
    expect(text).toContain(PHONE)
    expect(text).toContain('会计档案管理办法')
  })

  it('has all entries of a member with 20,000 of them', async () => {
    const id = await world.aMember({ points: 1 })
    const { db } = world
    const columns = Object.values(getTableColumns(pointsEntries)).filter(({ name }) => name !== 'seq')
    const others = sql.join(columns, sql`, `)
    const names = sql.join(
      columns.map(({ name }) => sql.identifier(name)),
      sql`, `,
    )
    for (let made = 1; made < 20_000; made = Math.min(2 * made, 20_000))
      await db.execute(
        sql`INSERT INTO points_entries (seq, ${names}) SELECT seq + ${made}, ${others} FROM points_entries
          WHERE member_id = ${id} AND seq <= ${20_000 - made}`,
      )
    const speaker = await world.asMember(id)
    expect((await dataOf(speaker)).积分明细!.length).toBe(20_000)
    const { text } = sheetsIn((await fetchFile(speaker)).rawPayload)
    expect(text).toContain('r="A20001"')
    await db.delete(pointsEntries).where(eq(pointsEntries.memberId, id))
  })

  it('is made for the answer and stored nowhere, and a line of the audit log says who got it', async () => {
    const speaker = await world.asMember(await world.aMember())
    await fetchFile(speaker)
    const id = (await speaker.call('GET /me')).memberId
    const lines = await world.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `member/${id}`))
    expect(lines).toMatchObject([
      { actor: `member/${id}`, action: 'member.export', text: '会员导出了自己的资料（表格）' },
    ])
    expect(
      readdirSync(world.outside.files.folder, { recursive: true }).filter((name) => /xlsx|json/.test(String(name))),
    ).toEqual([])
  })

  it('is refused when it is asked for too often', async () => {
    const speaker = await world.asMember(await world.aMember())
    const answers = []
    for (let count = 0; count < 21; count++) answers.push(await speaker.ask('GET /me/export', { format: 'json' }))
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429])
  })

  it('is given to the merchant with a reason, which the audit log keeps', async () => {
    const asked = { memberId, format: 'json', reason: '会员来电索取' }
    const { status, body } = await admin.ask('POST /admin/members/:memberId/export', asked)
    expect([status, body.资料.登录身份[0].手机号]).toEqual([200, PHONE])
    const lines = await world.db.select().from(auditLog).where(like(auditLog.text, '%会员来电索取%'))
    expect(lines).toMatchObject([{ actor: 'admin/demo', action: 'member.export', subject: `member/${memberId}` }])
    expect((await admin.ask('POST /admin/members/:memberId/export', { memberId, format: 'json' })).status).toBe(400)
    expect((await admin.ask('POST /admin/members/:memberId/export', { ...asked, memberId: 999_999 })).body.code).toBe(
      'member.unknown',
    )
  })
})
