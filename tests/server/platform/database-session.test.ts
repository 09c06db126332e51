import { randomBytes } from 'node:crypto'
import { members } from '@pointbook/server/features/members/directory/tables'
import { openConnection } from '@pointbook/server/platform/database/connect'
import { containing } from '@pointbook/server/platform/database/containing'
import { lookAtServer } from '@pointbook/server/platform/database/look-at-server'
import { migrate } from '@pointbook/server/platform/database/migrate'
import { type Databases, openDatabase } from '@pointbook/server/platform/database/pool'
import { unkeptSettings } from '@pointbook/server/platform/database/session'
import mysql, { type Connection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'
import { aDatabaseWire } from '../../support/database-wire.ts'

// Settings of an operator for all sessions, simulated by init_connect, which does not apply to administrators and so not to other
// tests.
const HOSTILE = [
  "sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,IGNORE_SPACE'",
  'autocommit = 0',
  'default_storage_engine = MyISAM',
  "time_zone = '+05:30'",
  'sql_safe_updates = 1',
  'sql_auto_is_null = 1',
  'sql_select_limit = 1',
  'sql_big_selects = 0',
  'max_join_size = 5000',
  "completion_type = 'CHAIN'",
  'unique_checks = 0',
  "character_set_client = 'latin1'",
  "character_set_connection = 'latin1'",
  "character_set_results = 'latin1'",
]

let database: Awaited<ReturnType<typeof aDatabase>>
let admin: Connection
let url: string
let databases: Databases
const user = `pb_${randomBytes(4).toString('hex')}`

beforeAll(async () => {
  database = await aDatabase()
  admin = await mysql.createConnection({ uri: database.url })
  await admin.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'a-password'`)
  await admin.query(`CREATE USER '${user}'@'localhost' IDENTIFIED BY 'a-password'`)
  const name = new URL(database.url).pathname.slice(1)
  for (const host of ['%', 'localhost']) await admin.query(`GRANT ALL ON ${name}.* TO '${user}'@'${host}'`)
  await admin.query('SET GLOBAL init_connect = ?', [`SET ${HOSTILE.join(', ')}`])
  const address = new URL(database.url)
  Object.assign(address, { username: user, password: 'a-password' })
  url = address.href
  await migrate(url)
  databases = openDatabase(url)
})
afterAll(async () => {
  await databases.close()
  await admin.query("SET GLOBAL init_connect = ''")
  await admin.query(`DROP USER '${user}'@'%', '${user}'@'localhost'`)
  await admin.end()
  await database.drop()
})

const settingsOf = async (connection: Pick<Connection, 'query'>) => unkeptSettings(connection as Connection)

describe('a database session of the server', () => {
  it('keeps the other settings of the operator', async () => {
    const connection = await mysql.createConnection({ uri: url })
    expect(await settingsOf(connection)).toEqual(expect.arrayContaining(['sql_mode=unknown', 'autocommit=OFF']))
    await connection.end()
  })

  it('has its own settings on every connection, with any defaults of the operator (FD2, FS9)', async () => {
    const single = await openConnection(url)
    expect(await settingsOf(single)).toEqual([])
    await single.end()
    for (const pool of [databases.pool, databases.bookPool]) {
      const connections = await Promise.all([1, 2, 3].map(() => pool.getConnection()))
      for (const connection of connections) expect(await settingsOf(connection)).toEqual([])
      for (const connection of connections) connection.release()
    }
  })

  it('treats a search text literally, also where backslashes do not escape (FS9)', async () => {
    await databases.db.insert(members).values({
      ...{
        openid: 'o1',
        phoneHash: 'p1',
        phoneSealed: '',
        phoneMasked: '',
        phoneTail: '',
        nickname: "a\\' OR 1=1 -- ",
      },
      ...{ avatarUrl: '', sex: 'unknown', birthday: null, address: '', tags: [], inviteCode: 'ABCD2345' },
      ...{ source: 'test', joinedAt: '2026-03-02T04:00:00.000Z' },
    })
    const rowsOf = (text: string) => databases.db.select().from(members).where(containing(members.nickname, text))
    expect(await rowsOf("\\' OR 1=1 -- ")).toHaveLength(1)
    expect(await rowsOf("x' OR 1=1 -- ")).toHaveLength(0)
  })

  it('commits a single write after a transaction (FD2)', async () => {
    const connection = await databases.pool.getConnection()
    const note = (name: string) =>
      connection.query("INSERT INTO settings VALUES (?, '1', UTC_TIMESTAMP(3), '')", [name])
    await connection.beginTransaction()
    await note('in a transaction')
    await connection.commit()
    await note('by itself')
    const [rows] = await admin.query("SELECT name FROM settings WHERE name IN ('in a transaction', 'by itself')")
    connection.release()
    expect(rows).toHaveLength(2)
  })

  it('reads more rows than the operator’s join limit allows (FD2)', async () => {
    const [[row]] = await databases.pool.query<mysql.RowDataPacket[]>('SELECT @@sql_big_selects AS may')
    expect(row!.may).toBe(1)
  })

  it('makes only InnoDB tables (FD2)', async () => {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      'SELECT DISTINCT engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE()',
    )
    expect(rows).toEqual([{ engine: 'InnoDB' }])
  })
})

it('refuses to start when the session settings do not reach the database (FS9)', async () => {
  const { hostname, port } = new URL(url)
  const proxy = await aDatabaseWire({ host: hostname, port: Number(port) })
  proxy.answer(/^SET /, 'ok')
  await expect(
    lookAtServer(proxy.through(url), { log: { warn: () => {} }, connections: { most: 1, least: 1 } }),
  ).rejects.toThrow(
    /^The database does not keep the settings of a session \(.*sql_mode=.*\): connect without the proxy/,
  )
  proxy.close()
})
