import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { personalParts } from '@pointbook/server/features'
import { laws } from '@pointbook/server/features/members/directory/laws'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { MySqlTable } from 'drizzle-orm/mysql-core'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** Columns that have the number of a member. */
const OF_MEMBER = /^((member|inviter|invitee|clerk|into)_id|from_member)$/

/** Tables whose rows are about a member without such a column. */
const others = ['members', 'audit_log']

const fates = personalParts.flatMap(({ leaving }) => leaving)
const sections = personalParts.flatMap((part) => part.sections)
const namesOf = (tables: MySqlTable[]) => tables.map(getTableName)

async function tablesOfMembers(): Promise<string[]> {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'server/src/*table*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const modules = await Promise.all(
    files
      .trim()
      .split('\n')
      .map((file) => import(path.join(root, file))),
  )
  const tables = new Set(modules.flatMap((module) => Object.values(module)).filter((one) => is(one, MySqlTable)))
  const isOfMembers = (table: MySqlTable) =>
    others.includes(getTableName(table)) ||
    Object.values(getTableColumns(table)).some(({ name }) => OF_MEMBER.test(name))
  return namesOf([...tables].filter(isOfMembers)).sort()
}

it('has for each table with rows of members, once, what leaving does with them (Law9)', async () => {
  const tables = await tablesOfMembers()
  expect(tables.length).toBeGreaterThan(25)
  expect(
    namesOf(fates.map(({ table }) => table)).sort(),
    'name the table in `leaving` of a personal.ts, and the part in feature.ts',
  ).toEqual(tables)
})

const jobSources = () =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'server/src/features/*/jobs.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map((file) => readFileSync(path.join(root, file), 'utf8'))

const kept = fates.flatMap((fate) => (fate.does === 'erase' ? [] : [fate]))

it('names for each kept table a law with its reason and its period', () => {
  for (const { law } of kept) expect(Object.keys(laws)).toContain(law)
  for (const { name, why, until, term } of Object.values(laws)) {
    for (const text of [name, why, until]) expect(text).toMatch(/[\u4e00-\u9fff]/)
    if (term) expect(until).toContain(`${term.years} 年`)
  }
})

/** Tables whose rows of a member stay for ever: the audit needs them, and no row names anybody. */
const forever = [
  'cards',
  'coupon_holders',
  'coupons',
  'lot_origins',
  'members',
  'points_accounts',
  'points_draws',
  'points_entries',
  'points_lots',
  'points_redates',
  'purchase_returns',
]

it('ends each kept table when its term is over, by the one job or by a job of its own (Law9)', () => {
  const isJob = (name: string) => jobSources().some((text) => text.includes(`name: '${name}'`))
  expect(isJob('end-terms')).toBe(true)
  for (const { table, law, ends } of kept) {
    if (ends.does === 'sweep') expect(isJob(ends.job), ends.job).toBe(true)
    expect(ends.does === 'sweep', getTableName(table)).toBe(laws[law].term === null)
  }
  expect(namesOf(kept.filter(({ ends }) => ends.does === 'stay').map(({ table }) => table)).sort()).toEqual(forever)
})

it('shows in each section of the export a table whose fate is known, under a title of its own that a sheet may have', () => {
  for (const { of, title, columns } of sections) {
    expect(namesOf(fates.map(({ table }) => table))).toContain(getTableName(of))
    expect(title).toMatch(/^[^\\/?*[\]:]{1,31}$/)
    expect(new Set(columns).size).toBe(columns.length)
  }
  expect(new Set(sections.map(({ title }) => title)).size).toBe(sections.length)
})

/** Tables without a section: what they say is in the sections of others, or it is bookkeeping about these. */
// What leaving itself writes comes after the last look at them.
const unshown = [
  'coupon_grantees',
  'coupon_holders',
  'ended_terms',
  'lot_origins',
  'moves',
  'points_draws',
  'points_redates',
  'quotas',
  'staff_stores',
  'streaks',
]

it('shows each other table with rows of members in a section', async () => {
  const shown = new Set(namesOf(sections.map(({ of }) => of)))
  expect((await tablesOfMembers()).filter((table) => !shown.has(table))).toEqual(unshown)
})
