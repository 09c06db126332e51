import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { auditParts } from '@pointbook/server/features'
import { auditCommand } from '@pointbook/server/features/points/audit/command'
import { migrate } from '@pointbook/server/platform/database/migrate'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'

const root = path.resolve(import.meta.dirname, '../../..')

let database: Awaited<ReturnType<typeof aDatabase>>
let folder: string

beforeAll(async () => {
  database = await aDatabase()
  folder = mkdtempSync(path.join(tmpdir(), 'command-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})

/** Runs a program of ours on the test's database. */
function run(program: string, args: string[], more = {}): Promise<{ code: number; out: string; err: string }> {
  // Programs after the first find compiled code, which saves a fifth of their start.
  const compiled = { NODE_COMPILE_CACHE: path.join(folder, 'compiled') }
  const env = { ...process.env, ...compiled, NODE_ENV: 'test', DATABASE_URL: database.url, ...more }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: root, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

const history = (args: string[], more = {}) => run('server/src/features/connections/imports/history.ts', args, more)
const audit = () => run('server/src/audit.ts', [])
/** What the program prints and returns, without its start. */
async function auditHere(url: string) {
  const [out, err]: [string[], string[]] = [[], []]
  const env = readEnv({ DATABASE_URL: url }, { mode: 'test' })
  const code = await auditCommand(env, auditParts, {
    say: (line) => out.push(line),
    complain: (line) => err.push(line),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const admin = (...args: string[]) => run('server/src/admin.ts', args)

function aFile(lines: string[]): string {
  const file = path.join(folder, 'old-till.csv')
  writeFileSync(file, ['member_ref,receipt_no,日期,quantity,amount_yuan', ...lines].join('\n'))
  return file
}

it('imports a history from the command line into an empty database, and prints the result', async () => {
  const file = aFile(['A1,R1,2025-01-02,1,10.00', 'A1,R2,2025-01-03,1,x', 'B2,R3,2025-01-03,2,20.00'])
  const first = await history([file, '--columns', 'purchased_on=日期'])
  expect(first.err).toContain('line 3: amount_yuan "x" is not an amount with at most two decimals')
  expect(first.out).toMatch(/members +2 new/)
  expect(first.out).toMatch(/purchases +2: 2 new, 0 already there/)
  expect(first.out).toMatch(/rejected +1\n/)
  expect(first.out).toMatch(/audit +in order, 4 entries/)
  expect(first.err).toContain('old-till.csv: rows not taken: 1.')
  expect(first.code, 'a row was not taken (FI4)').toBe(1)
  const whole = await history([aFile(['A1,R1,2025-01-02,1,10.00']), '--columns', 'purchased_on=日期'])
  expect(whole.code).toBe(0)
  aFile(['A1,R1,2025-01-02,1,10.00', 'A1,R2,2025-01-03,1,x', 'B2,R3,2025-01-03,2,20.00'])
  const second = await history([file, '--columns', 'purchased_on=日期'])
  expect(second.out).toMatch(/purchases +2: 0 new, 2 already there/)
}, 120_000)

it('reports a faulty command or file with a message instead of a stack', async () => {
  const wrong = await Promise.all([history([]), history([aFile([])]), history([path.join(folder, 'none.csv')])])
  expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1])
  expect(wrong.map(({ err }) => err.split('\n')[0])).toEqual([
    expect.stringMatching(/^Nothing was taken: name one file/),
    expect.stringMatching(/^Nothing was taken: there is no column "purchased_on"/),
    expect.stringMatching(/^Nothing was taken: there is no file/),
  ])
}, 120_000)

// Each start of a program takes seconds, so this starts one of each, and carries out the audit's command in this process otherwise.
it('reports an incomplete database with a message instead of a stack (FD14)', async () => {
  const half = await aDatabase()
  const none = await run('server/src/audit.ts', [], { DATABASE_URL: half.url })
  await migrate(half.url)
  const empty = await auditHere(half.url)
  const connection = await mysql.createConnection({ uri: half.url })
  await connection.query('DROP TABLE points_draws')
  const table = await history([aFile([])], { DATABASE_URL: half.url })
  // No check of the books reads these two.
  await connection.query('DROP TABLE settings')
  await connection.query('ALTER TABLE moves DROP COLUMN outcome')
  await connection.end()
  const unread = await auditHere(half.url)
  await half.drop()
  const gone = await auditHere(half.url)
  const said = [none, empty, table, unread, gone]
  expect(said.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1])
  expect(said.map(({ err }) => err.split('\n')[0])).toEqual([
    expect.stringMatching(/^Nothing was audited: tables or columns are missing: restore the whole backup, or start/),
    expect.stringMatching(/^Nothing was audited: there is no policy yet: restore the whole backup, or start/),
    expect.stringMatching(
      /^Nothing was taken: Tables or columns are missing \(points_draws\): restore the whole backup/,
    ),
    expect.stringMatching(
      /^Nothing was audited: Tables or columns are missing \([a-z_., ]+\): restore the whole backup/,
    ),
    expect.stringMatching(/^Nothing was audited: the database cannot be read \(ER_BAD_DB_ERROR\)/),
  ])
  for (const name of ['settings', 'points_draws', 'moves.outcome']) expect(unread.err).toContain(name)
  for (const { err } of said) expect(err).not.toContain('    at ')
}, 120_000)

it('reports an unreadable policy with a message instead of a stack (FD14)', async () => {
  const connection = await mysql.createConnection({ uri: database.url })
  const [policies] = await connection.query<mysql.RowDataPacket[]>('SELECT version, document FROM policies')
  for (const document of ['{', 'null', '{}']) {
    await connection.query('UPDATE policies SET document = ?', [document])
    const { code, err } = await auditHere(database.url)
    expect([code, err.trim()]).toEqual([
      1,
      'Nothing was audited: the policy in force cannot be read: restore the whole backup',
    ])
  }
  for (const { version, document } of policies)
    await connection.query('UPDATE policies SET document = ? WHERE version = ?', [document, version])
  await connection.end()
}, 120_000)

it('audits from the command line, and fails when the books were edited', async () => {
  const before = await audit()
  expect(before.out).toContain('The books are in order')
  expect(before.code).toBe(0)
  const connection = await mysql.createConnection({ uri: database.url })
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT MIN(member_id) AS memberId FROM points_accounts')
  const { memberId } = rows[0]!
  await connection.query('UPDATE points_accounts SET balance = balance + 1 WHERE member_id = ?', [memberId])
  await connection.end()
  const after = await audit()
  expect(after.code).toBe(1)
  expect(after.out).toContain(`会员 ${memberId}：余额`)
}, 120_000)

it('gives an operator a one-time password for an account, and takes its second factor, locks and log-ins away (FS3, FS4)', async () => {
  const connection = await mysql.createConnection(database.url)
  const hash = `scrypt$N=32768,r=8,p=3$${'A'.repeat(24)}$${'A'.repeat(44)}`
  await connection.query(
    "INSERT INTO admins (login, name, password_hash, active, totp_sealed, totp_step) VALUES ('boss', '老板', ?, 0, 'x', 7)",
    [hash],
  )
  await connection.query("INSERT INTO login_locks VALUES ('boss', '10.0.0.1', 5, '2099-01-01 00:00:00.000')")
  await connection.query("INSERT INTO admin_sessions (token_hash, login, ends_at) VALUES (?, 'boss', '2099-01-01')", [
    'a'.repeat(64),
  ])
  expect((await admin('list')).out).toMatch(/^boss +owner +stopped, with second factor, last log-in never$/m)
  const { out, code } = await admin('reset', 'Boss')
  expect([code, out]).toEqual([0, expect.stringMatching(/^One-time password of boss: ([a-z2-9]{4}-){3}[a-z2-9]{4}$/m)])
  const [rows] = await connection.query(
    `SELECT active, totp_sealed AS totp, one_time_until IS NOT NULL AS invited, password_hash = ? AS same,
      (SELECT COUNT(*) FROM login_locks) AS locks, (SELECT COUNT(*) FROM admin_sessions) AS sessions FROM admins`,
    [hash],
  )
  expect(rows).toEqual([{ active: 1, totp: null, invited: 1, same: 0, locks: 0, sessions: 0 }])
  const [lines] = await connection.query(
    "SELECT actor, action, subject, text FROM audit_log WHERE action = 'account.reset'",
  )
  expect(lines).toEqual([
    { actor: 'system', action: 'account.reset', subject: 'admin/boss', text: '重置「老板」（boss）的密码和两步验证' },
  ])
  const unknown = await admin('reset', 'nobody')
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no account "nobody"')])
  expect((await admin('reset')).err).toContain('npm run admin -- reset LOGIN')
  await connection.end()
}, 120_000)
