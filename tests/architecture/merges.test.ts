import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** Of these the kept record gets what the double had: in the move of the merge, or by a handler of `member.merged`. */
const takenOver = [
  'cards',
  'inbox_messages',
  'member_tags',
  'member_tiers',
  'message_credits',
  'points_accounts',
  'points_lots',
  'quotas',
  'staff',
  'staff_stores',
  'streaks',
]

/** The rows of these stay with the record they were made for: they are read for all records of an identity, or end with the double. */
const staying = [
  'case_members',
  'case_steps',
  'check_ins',
  'compensated_members',
  'lot_origins',
  'member_code_uses',
  'merged_members',
  'moves',
  'orders',
  'points_draws',
  'points_entries',
  'points_redates',
  'points_takings',
  'purchase_returns',
  'purchases',
  'refresh_tokens',
  'spend_requests',
]

it('knows of each table with rows of members what becomes of them when two records are merged', () => {
  const sources = execFileSync('git', ['ls-files', 'server/src/*table*.ts'], { cwd: root, encoding: 'utf8' })
  const tables = sources
    .trim()
    .split('\n')
    .flatMap((file) => readFileSync(path.join(root, file), 'utf8').split('mysqlTable(').slice(1))
  const ofMembers = tables
    .filter((table) => table.includes("id('member_id')"))
    .map((table) => /'(\w+)'/.exec(table)![1])
  expect(ofMembers.sort()).toEqual([...takenOver, ...staying].sort())
})
