import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { MySqlTable } from 'drizzle-orm/mysql-core'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** The kept record gets the double's rows of these tables: in the move of the merge, or by a handler of `member.merged`. */
const takenOver = [
  'approvals',
  'cards',
  'coupon_holders',
  'coupons',
  'guardians',
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

/** The rows of these tables stay with their record: they are read for all records of an identity, or end with the double. */
const staying = [
  'case_members',
  'case_steps',
  'check_ins',
  'compensated_members',
  'consents',
  'coupon_grantees',
  'ended_terms',
  'leave_requests',
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
  'rebindings',
  'refresh_tokens',
  'spend_requests',
]

it('lists for each table with rows of members what a merge does with them', async () => {
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
    Object.values(getTableColumns(table)).some(({ name }) => name === 'member_id')
  const ofMembers = [...tables].filter(isOfMembers).map(getTableName)
  expect(ofMembers.sort(), 'each table with `member_id` is named in `takenOver` or `staying` of this file').toEqual(
    [...takenOver, ...staying].sort(),
  )
})
