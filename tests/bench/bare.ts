import Fastify from 'fastify'
import mysql from 'mysql2/promise'
import { tenReasons } from './ten-rules.ts'

// The baseline for the server's reads: the same rows over HTTP without log-in, rules, drizzle and checked replies. Writes are
// answered at once without any work, which gives the cost of HTTP alone. `node bare.ts DATABASE_URL PORT`.
const [url, port] = process.argv.slice(2) as [string, string]

const pool = mysql.createPool({ uri: url, connectionLimit: 10, dateStrings: true, timezone: 'Z' })
const rowsOf = async (sql: string, values: unknown[]) => (await pool.query<mysql.RowDataPacket[]>(sql, values))[0]

const app = Fastify()

app.get<{ Params: { memberId: string } }>('/balance/:memberId', async ({ params: { memberId } }) => {
  const [[member], [account], lots, [policy], staff, [inbox]] = await Promise.all([
    rowsOf('SELECT * FROM members WHERE id = ?', [memberId]),
    rowsOf('SELECT * FROM points_accounts WHERE member_id = ?', [memberId]),
    rowsOf('SELECT * FROM points_lots WHERE member_id = ? AND remaining > 0', [memberId]),
    rowsOf(
      'SELECT version FROM policies WHERE effective_at <= UTC_TIMESTAMP(3) ORDER BY effective_at DESC, version DESC LIMIT 1',
      [],
    ),
    rowsOf(
      'SELECT role, store_id FROM staff LEFT JOIN staff_stores ON staff_stores.member_id = staff.member_id WHERE staff.member_id = ?',
      [memberId],
    ),
    rowsOf('SELECT COUNT(*) AS unread FROM inbox_messages WHERE member_id = ? AND is_read = FALSE', [memberId]),
  ])
  return { member, account, lots, policy, staff, inbox }
})

app.get<{ Params: { memberId: string } }>('/ledger/:memberId', async ({ params: { memberId } }) => ({
  rows: await rowsOf(
    `SELECT entries.*, lots.points, lots.remaining, lots.usable_on, lots.expires_on FROM points_entries AS entries
      LEFT JOIN points_lots AS lots ON lots.member_id = entries.member_id AND lots.seq = entries.seq
      WHERE entries.member_id = ? ORDER BY entries.seq DESC LIMIT 21`,
    [memberId],
  ),
}))

// As long as what a purchase is answered with.
const answer = { points: 180, why: tenReasons }
app.post('/*', async () => answer)

await app.listen({ port: Number(port), host: 'localhost' })
