import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { outlived } from '@pointbook/server/features/shop/backups/kept'
import { backupName } from '@pointbook/server/platform/backup/names'
import { recordProof } from '@pointbook/server/platform/backup/records'
import { saveSetting } from '@pointbook/server/platform/settings'
import { addMs, instant } from '@pointbook/shared/day'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { KEY } from '../../support/backup.ts'
import { aWorld } from '../../support/world.ts'

const HOUR_MS = 3_600_000
const home = mkdtempSync(path.join(tmpdir(), 'pointbook-nightly-'))
const worlds: Awaited<ReturnType<typeof aWorld>>[] = []
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.close())))
afterAll(() => rmSync(home, { recursive: true }))

async function aShop(env: Record<string, string>) {
  const world = await aWorld({ env })
  worlds.push(world)
  const job = world.app.jobs.find(({ name }) => name === 'backup')
  const admin = await world.asAdmin()
  return { world, job, read: () => admin.call('GET /admin/backups') }
}

describe('the nightly backup (M3)', () => {
  it('is made only when a folder is set; the panel shows that there is none', async () => {
    const { job, read } = await aShop({})
    expect(job).toBeUndefined()
    const nothing = { last: null, proof: null, failingSince: null, kept: null }
    expect(await read()).toEqual({ nightly: false, ...nothing })
  })

  it('is encrypted, is shown with what is kept and with its proof, and removes old ones', async () => {
    const folder = path.join(home, 'kept')
    const { world, job, read } = await aShop({ BACKUP_DIR: folder, BACKUP_KEY: KEY })
    await job!.run()
    const [first = ''] = readdirSync(folder)
    const shown = await read()
    expect(shown).toMatchObject({
      ...{ nightly: true, failingSince: null, proof: null },
      ...{ last: { file: first, encrypted: true, pictures: 0, isOld: false }, kept: { count: 1 } },
    })
    expect(shown.last!.bytes).toBeGreaterThan(1_000)

    await job!.run()
    expect(readdirSync(folder), 'a second one within the hour').toEqual([first])

    const older = { ...shown.last, version: '0.1.0', at: addMs(shown.last!.at, -72 * HOUR_MS) }
    await saveSetting(world.db, 'backup.made', older, shown.last!.at, 'system')
    expect((await read()).last!.isOld).toBe(true)
    const old = Array.from({ length: 60 }, (_, days) =>
      backupName(addMs(shown.last!.at, -(days + 2) * 24 * HOUR_MS), true),
    )
    for (const name of [...old, 'notes.txt']) writeFileSync(path.join(folder, name), '')
    rmSync(path.join(folder, first))
    await job!.run()
    const left = readdirSync(folder)
    expect(left).toContain('notes.txt')
    expect(left.length - 1).toBe((await read()).kept!.count)
    expect(left.length).toBeLessThanOrEqual(12)

    const at = instant(new Date())
    await recordProof(world.db, { at, file: first, backupAt: shown.last!.at, passed: true, fault: '' })
    expect((await read()).proof).toEqual({ at, file: first, backupAt: shown.last!.at, passed: true })
    const { body } = await world.anyone().ask('GET /metrics')
    expect(body).toContain(`pointbook_backup_proved_timestamp_seconds ${Date.parse(at) / 1000}`)
    expect(body).toMatch(/pointbook_backup_last_timestamp_seconds 1\d{9}/)
  })

  it('that fails is shown since its first failure, until one is made', async () => {
    const folder = path.join(home, 'in-the-way')
    writeFileSync(folder, '')
    const { job, read } = await aShop({ BACKUP_DIR: folder })
    await expect(job!.run()).rejects.toThrow()
    const { failingSince } = await read()
    expect(failingSince).not.toBeNull()
    await expect(job!.run()).rejects.toThrow()
    expect((await read()).failingSince).toBe(failingSince)
    rmSync(folder)
    await job!.run()
    expect((await read()).failingSince).toBeNull()
  })
})

describe('the weekly proof (M3)', () => {
  it('restores the newest backup aside, and is shown whether it passed', async () => {
    const folder = path.join(home, 'proved')
    const { world, job, read } = await aShop({ BACKUP_DIR: folder, BACKUP_KEY: KEY })
    const prove = world.app.jobs.find(({ name }) => name === 'prove-backup')!
    await job!.run()
    const [newest = ''] = readdirSync(folder)
    await prove.run()
    expect((await read()).proof).toMatchObject({ file: newest, passed: true })

    const file = path.join(folder, newest)
    writeFileSync(file, readFileSync(file).subarray(0, -100))
    await expect(prove.run()).rejects.toThrow('the newest backup cannot be used')
    expect((await read()).proof).toMatchObject({ file: newest, passed: false })
  })
})

describe('the backups that are kept', () => {
  const at = (day: string, hour = '02') => `pointbook-${day.replaceAll('-', '')}T${hour}0000Z.jsonl.gz`
  const december = (day: number) => at(`2026-12-${String(day).padStart(2, '0')}`)

  it('are the newest of each of seven days and of each of four weeks', () => {
    const names = Array.from({ length: 31 }, (_, index) => december(index + 1))
    const gone = outlived(names)
    // The weeks end on Sunday 27, 20 and 13; the last one has reached Thursday 31.
    expect(names.filter((name) => !gone.includes(name))).toEqual([13, 20, 25, 26, 27, 28, 29, 30, 31].map(december))
  })

  it('are the same after days without a backup, and one of several a day', () => {
    const names = [at('2026-11-01'), at('2026-11-01', '09'), at('2026-12-24'), at('2026-12-24', '23')]
    expect(outlived(names)).toEqual([at('2026-11-01'), at('2026-12-24')])
  })
})
