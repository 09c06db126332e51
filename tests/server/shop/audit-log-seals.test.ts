import { jobs } from '@pointbook/server/features'
import { leaveRequests } from '@pointbook/server/features/members/privacy/tables'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { sealLines } from '@pointbook/server/features/shop/audit-log/seal-lines'
import { SEALS } from '@pointbook/server/features/shop/audit-log/seals'
import { sweepLog } from '@pointbook/server/features/shop/audit-log/sweep'
import { logBlocks } from '@pointbook/server/features/shop/audit-log/tables'
import { sealings } from '@pointbook/server/features/shop/data-keys/sealings'
import { record } from '@pointbook/server/platform/audit-log'
import { auditLog } from '@pointbook/server/platform/database/audit-log-table'
import { rewriteLine } from '@pointbook/server/platform/database/log-seal'
import { inTransaction } from '@pointbook/server/platform/database/pool'
import { sealWhatIsDue } from '@pointbook/server/platform/sealing'
import { readSetting, saveSetting } from '@pointbook/server/platform/settings'
import { settings } from '@pointbook/server/platform/settings-table'
import { openOutside } from '@pointbook/server/server'
import { memberRef } from '@pointbook/shared/references'
import { asc, eq, gte, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backUp, failedChecks, inABackupFolder, restore } from '../../support/backup.ts'
import { aServer, fresh, give, NOON } from '../../support/server.ts'

const backups = inABackupFolder()
const line = { actor: 'admin/demo', action: 'settings.change', subject: 'settings' } as const

let shop: Awaited<ReturnType<typeof aServer>>
beforeAll(async () => {
  shop = await aServer()
})
afterAll(() => shop.close())
beforeEach(async () => {
  shop.clock.set(NOON)
  await shop.db.delete(auditLog)
  await shop.db.delete(logBlocks)
  await shop.db.delete(settings).where(inArray(settings.name, [SEALS, 'shop']))
})

/** Writes as many lines as the texts, as an operation does. */
async function write(...texts: string[]) {
  for (const text of texts) await inTransaction(shop.db, (tx) => record(tx, shop.clock.now(), { ...line, text }))
}
const seal = () => sealLines(shop.server)
const lines = () => shop.db.select().from(auditLog).orderBy(asc(auditLog.id))
const blocks = () => shop.db.select().from(logBlocks).orderBy(asc(logBlocks.no))
const idOf = async (text: string) => (await lines()).find((one) => one.text === text)!.id

async function faults(): Promise<string[]> {
  const { checks } = await shop.audit()
  return checks.find(({ id }) => id === 'log')!.faults
}

/** Three sealed blocks: a, b, c; d, e; f, g. */
async function sealedLog() {
  for (const texts of [
    ['a', 'b', 'c'],
    ['d', 'e'],
    ['f', 'g'],
  ]) {
    await write(...texts)
    await seal()
  }
}

describe('the seals of the audit log (FS24)', () => {
  it('are right for lines of operations and of moves, before and after they are in a block', async () => {
    const memberId = await shop.aMember()
    await shop.book.make(adjust, {
      ...give(memberId, 5),
      actor: 'admin/demo',
    })
    await write('普通', '😀'.repeat(300), '\ud800 half')
    expect(await faults()).toEqual([])
    expect((await lines()).every((one) => one.seal !== null && one.sealedIn === null)).toBe(true)
    expect(await seal()).toBe(4)
    expect(await seal()).toBe(0)
    expect(await faults()).toEqual([])
    expect((await blocks()).map(({ no, lineIds }) => [no, lineIds.length])).toEqual([[1, 4]])
    const { checks } = await shop.audit()
    expect(checks.find(({ id }) => id === 'log')!.checked).toBe(4)
  })

  it.each([
    ['text', { text: '没有这回事' }],
    ['actor', { actor: 'admin/other' as const }],
    ['time', { at: '2026-03-01T00:00:00.000Z' }],
    ['detail', { detail: '{}' }],
  ])('show an edited line, sealed in a block or not: %s', async (_, edit) => {
    await sealedLog()
    await write('loose')
    const ids = [await idOf('e'), await idOf('loose')]
    await shop.db.update(auditLog).set(edit).where(inArray(auditLog.id, ids))
    const found = await faults()
    for (const id of ids) expect(found).toContain(`审计日志第 ${id} 行：内容被改过，或不是系统写的`)
  })

  it('show a line that was added, with a foreign seal, with none, or with the seal of a line that it copies', async () => {
    await sealedLog()
    const { id: _, ...copied } = (await lines())[1]!
    const foreign = { ...copied, text: '伪造', sealedIn: null }
    await shop.db.insert(auditLog).values([{ ...foreign }, { ...foreign, seal: null }, { ...copied, sealedIn: null }])
    const [one, two, copy] = (await lines()).slice(-3).map(({ id }) => id)
    const expected = [
      expect.stringContaining(`第 ${one} 行：内容被改过，或不是系统写的`),
      expect.stringContaining(`第 ${two} 行：内容被改过，或不是系统写的`),
      expect.stringContaining(`第 ${copy} 行：抄自审计日志`),
    ]
    expect(await faults()).toEqual(expect.arrayContaining(expected))
    await seal()
    expect(await faults()).toEqual(expect.arrayContaining(expected))
  })

  it('show a line that was put into an old block', async () => {
    await sealedLog()
    await write('late')
    const id = await idOf('late')
    await shop.db.update(auditLog).set({ sealedIn: 2 }).where(eq(auditLog.id, id))
    expect(await faults()).toEqual([`审计日志第 ${id} 行：不在任何封印组里，是后来加的`])
    await shop.db.update(auditLog).set({ sealedIn: 99 }).where(eq(auditLog.id, id))
    expect(await faults()).toEqual([`审计日志第 ${id} 行：不在任何封印组里，是后来加的`])
  })

  it('show a line removed from the middle, with its block or without', async () => {
    await sealedLog()
    const id = await idOf('d')
    await shop.db.delete(auditLog).where(eq(auditLog.id, id))
    expect(await faults()).toEqual([`审计日志第 ${id} 行：被删除`])
    await shop.db.delete(auditLog).where(eq(auditLog.sealedIn, 2))
    await shop.db.delete(logBlocks).where(eq(logBlocks.no, 2))
    expect(await faults()).toEqual(['封印组 3：与前一组接不上，中间有删除或改动'])
  })

  it('show a line whose block claims that it never had it', async () => {
    await sealedLog()
    const id = await idOf('d')
    await shop.db.delete(auditLog).where(eq(auditLog.id, id))
    await shop.db
      .update(logBlocks)
      .set({ lineIds: [await idOf('e')] })
      .where(eq(logBlocks.no, 2))
    expect((await faults()).join()).toContain('封印组 2：与前一组接不上，中间有删除或改动')
  })

  it('show a tail that was cut off, with its blocks or without', async () => {
    await sealedLog()
    await shop.db.delete(auditLog).where(gte(auditLog.sealedIn, 2))
    expect(await faults()).toHaveLength(4)
    await shop.db.delete(logBlocks).where(gte(logBlocks.no, 2))
    expect(await faults()).toEqual(['封印组 2 到 3：末尾被删除'])
    const kept = (await readSetting<{ last: object }>(shop.db, SEALS))!.value
    const last = { no: 1, seal: (await blocks())[0]!.seal.toString('hex') }
    await saveSetting(shop.db, SEALS, { ...kept, last }, NOON, 'system')
    expect(await faults()).toEqual(['封印的总记录被改过，整个审计日志都不可信'])
    await shop.db.delete(settings).where(eq(settings.name, SEALS))
    expect(await faults()).toEqual(['封印的总记录不见了，整个审计日志都不可信'])
  })

  it('do not let a lawful change make an edited line genuine', async () => {
    await write('a')
    await inTransaction(shop.db, async (tx) => rewriteLine(tx, (await lines())[0]!, { text: '改', detail: '' }))
    expect(await faults()).toEqual([])
    await shop.db.update(auditLog).set({ text: '伪造' })
    await inTransaction(shop.db, async (tx) => rewriteLine(tx, (await lines())[0]!, { text: '再改', detail: '' }))
    expect(await faults()).toHaveLength(1)
  })

  it('seal everything once when several servers do it at a time, while lines are written', async () => {
    let open = true
    const writer = (async () => {
      while (open) await write('x', 'y')
    })()
    for (let round = 0; round < 20; round++) {
      const runs = await Promise.allSettled([seal(), seal()])
      expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
      expect(await faults()).toEqual([])
    }
    open = false
    await writer
    await seal()
    expect((await blocks()).flatMap(({ lineIds }) => lineIds).sort((a, b) => a - b)).toEqual(
      (await lines()).map(({ id }) => id),
    )
    expect(await faults()).toEqual([])
  })
})

describe('the sweep of old lines (FS24, Law9)', () => {
  const DAY_MS = 86_400_000

  it('leaves an audit without faults, and drops the blocks in front', async () => {
    for (const text of ['一月', '二月', '三月']) {
      await write(text)
      await seal()
      shop.clock.travel(31 * DAY_MS)
    }
    await saveSetting(shop.db, 'shop', { keepLogMonths: 6 }, NOON, 'system')
    shop.clock.travel(120 * DAY_MS)
    expect(await sweepLog(shop.server)).toBe(1)
    expect((await lines()).map(({ text }) => text)).toEqual(['二月', '三月'])
    expect((await blocks()).map(({ no }) => no)).toEqual([2, 3])
    expect(await faults()).toEqual([])
    await write('后来')
    await seal()
    expect(await faults()).toEqual([])
    // What the sweep may not do yet is no lawful end of a line.
    await shop.db.delete(auditLog).where(eq(auditLog.text, '二月'))
    expect(await faults()).toHaveLength(1)
  })

  it('is accepted out of order too: a clock that was once wrong keeps nothing', async () => {
    shop.clock.travel(400 * DAY_MS)
    await write('来自将来')
    await seal()
    shop.clock.travel(-400 * DAY_MS)
    await write('旧')
    await seal()
    await saveSetting(shop.db, 'shop', { keepLogMonths: 6 }, NOON, 'system')
    shop.clock.travel(250 * DAY_MS)
    expect(await sweepLog(shop.server)).toBe(1)
    expect((await lines()).map(({ text }) => text)).toEqual(['来自将来'])
    expect((await blocks()).map(({ no, swept }) => [no, swept !== null])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(await faults()).toEqual([])
  })

  it('is not accepted from anybody else: a mark needs the secret, and nothing comes back', async () => {
    await sealedLog()
    const before = await lines()
    await shop.db.delete(auditLog).where(eq(auditLog.sealedIn, 1))
    await shop.db.update(logBlocks).set({ swept: sql`seal` }).where(eq(logBlocks.no, 1))
    expect(await faults()).toHaveLength(3)
    await shop.db.insert(auditLog).values(before.slice(0, 3))
    await shop.db.update(logBlocks).set({ swept: null }).where(eq(logBlocks.no, 1))
    expect(await faults()).toEqual([])
  })

  it('keeps six months, whatever the database says', async () => {
    await sealedLog()
    await saveSetting(shop.db, 'shop', { keepLogMonths: 0 }, NOON, 'system')
    shop.clock.travel(DAY_MS)
    expect(await sweepLog(shop.server)).toBe(0)
  })
})

describe('lines from before they were sealed (FS24)', () => {
  const old = (text: string) => ({ ...line, at: NOON, text, detail: '' })

  it('are adopted once, with a line that says so; none is afterwards', async () => {
    await shop.db.insert(auditLog).values([old('旧一'), old('旧二')])
    await shop.db.insert(auditLog).values({ ...old('昨天'), at: '2026-03-01T04:00:00.000Z' })
    expect(await faults()).toEqual([])
    expect(await seal()).toBe(4)
    expect((await lines()).map(({ text, seal: has }) => [text.slice(0, 4), has !== null])).toEqual([
      ['旧一', true],
      ['旧二', true],
      ['昨天', true],
      ['审计日志', true],
    ])
    expect(await blocks()).toHaveLength(3)
    expect(await faults()).toEqual([])
    await shop.db.insert(auditLog).values(old('伪造'))
    await seal()
    expect(await faults()).toEqual([`审计日志第 ${await idOf('伪造')} 行：内容被改过，或不是系统写的`])
  })

  it('may not be added to once the last of them is adopted', async () => {
    await shop.db.insert(auditLog).values({ ...old('旧'), id: 50 })
    await seal()
    await seal()
    await shop.db.insert(auditLog).values({ ...old('伪造'), id: 7 })
    await seal()
    expect(await faults()).toEqual(['审计日志第 7 行：内容被改过，或不是系统写的'])
  })
})

describe('a sealed audit log (FS24)', () => {
  it('is clean after a member has left and the words about the person are gone (Law9)', async () => {
    const memberId = await shop.aMember({ nickname: '王小明' })
    const about = { ...line, subject: memberRef(memberId), text: '修改王小明的资料', detail: { name: '王小明' } }
    await inTransaction(shop.db, (tx) => record(tx, NOON, about))
    await seal()
    await inTransaction(shop.db, (tx) => record(tx, NOON, about))
    const asked = { askedAt: NOON, askedBy: memberRef(memberId), reason: '', dueAt: NOON }
    await shop.db.insert(leaveRequests).values({ memberId, state: 'waiting', points: 0, ...asked })
    await jobs(shop.server)
      .find(({ name }) => name === 'end-memberships')!
      .run()
    expect(new Set((await lines()).map(({ text, detail }) => `${text}${detail}`))).toEqual(
      new Set(['会员已注销，内容已删除']),
    )
    expect(await faults()).toEqual([])
    await seal()
    expect(await faults()).toEqual([])
  })

  it('is clean after addresses of the first release were masked in it', async () => {
    const detail = { before: { address: '' }, after: { address: '人民路 1 号' } }
    await inTransaction(shop.db, (tx) =>
      record(tx, NOON, { ...line, action: 'member.profile', text: '修改资料', detail }),
    )
    await seal()
    const { done } = await sealWhatIsDue(shop.outside, sealings, 'all')
    expect(done).toBe(1)
    expect((await lines())[0]!.detail).not.toContain('人民路 1 号')
    expect(await faults()).toEqual([])
  })

  it('is clean after a restore, and is sealed on', async () => {
    await sealedLog()
    await write('loose')
    const file = backups.aFile()
    await backUp(shop, file)
    const url = await backups.anEmptyDatabase()
    await restore(url, file)
    expect(await failedChecks(url, shop)).toEqual([])
    const outside = openOutside({ ...shop.env, databaseUrl: url }, { log: shop.outside.log, clock: shop.clock })
    expect(await sealLines({ ...outside, book: shop.book })).toBe(1)
    await outside.databases.close()
    expect(await failedChecks(url, shop)).toEqual([])
  })

  it('names its copy of another secret', async () => {
    await sealedLog()
    const { checks } = await shop.audit(`another secret ${fresh()}`)
    expect(checks.find(({ id }) => id === 'log')!.passed).toBe(false)
  })
})
