import { openConnection } from '@pointbook/server/platform/database/connect'
import { migrate } from '@pointbook/server/platform/database/migrate'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import { awaitDatabase } from '@pointbook/server/platform/database/wait'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'
import { aDatabaseWire } from '../../support/database-wire.ts'
import { freePort } from '../../support/free-port.ts'

// Two nodes of one cluster are played by two wires to one database.

let database: Awaited<ReturnType<typeof aDatabase>>

beforeAll(async () => {
  database = await aDatabase()
  await migrate(database.url)
})
afterAll(() => database.drop())

async function aNode() {
  const { hostname, port } = new URL(database.url)
  const wire = await aDatabaseWire({ host: hostname, port: Number(port) })
  return { ...wire, url: wire.through(database.url), host: new URL(wire.through(database.url)).host }
}

const READ_ONLY = { errno: 1290 }
const WRITES = /^(insert|update|delete)/i
const silent = { warn: () => {} }

async function aNodeThatIsGone() {
  const url = new URL(database.url)
  url.port = String(await freePort())
  return { url: url.href, host: url.host }
}

it('answers the first statement from the standby node when the first node is gone, and stays there (FD1)', async () => {
  const [gone, standby] = [await aNodeThatIsGone(), await aNode()]
  const databases = openDatabase(`${gone.url}?standby=${standby.host}`)
  const [rows] = await databases.pool.query('SELECT 1 AS one')
  expect(rows).toEqual([{ one: 1 }])
  await expect(databases.bookPool.query('SELECT 1')).resolves.toBeDefined()
  expect(standby.connections()).toBe(2)
  await databases.close()
  standby.close()
})

it('stays with the first node however many connections have ended in order (FD1)', async () => {
  const [first, standby] = [await aNode(), await aNode()]
  const url = `${first.url}?standby=${standby.host}`
  for (let times = 0; times < 4; times++) {
    await (await openConnection(url)).end()
    const databases = openDatabase(url)
    await Promise.all([databases.pool.query('SELECT 1'), databases.bookPool.query('SELECT 1')])
    await databases.close()
  }
  expect([first.connections(), standby.connections()]).toEqual([12, 0])
  first.close()
  standby.close()
})

it('starts on the first node when the standby is down, and on the standby when the first is (FD1)', async () => {
  const [gone, alive] = [await aNodeThatIsGone(), await aNode()]
  const waiting = { log: silent, withinMs: 1_000 }
  await expect(awaitDatabase(`${alive.url}?standby=${gone.host}`, waiting)).resolves.toBeUndefined()
  await expect(awaitDatabase(`${gone.url}?standby=${alive.host}`, waiting)).resolves.toBeUndefined()
  alive.close()
})

it('skips a node that takes no writes, also when it becomes read-only later (FD1)', async () => {
  const [first, second] = [await aNode(), await aNode()]
  const url = `${first.url}?standby=${second.host}`
  const databases = openDatabase(url)
  await databases.pool.query('SELECT 1')
  first.answer(WRITES, READ_ONLY)
  const write = () => databases.pool.query("UPDATE settings SET name = 'x' WHERE FALSE")
  await expect(write()).rejects.toMatchObject({ errno: 1290 })
  await expect(write()).resolves.toBeDefined()
  expect(second.connections()).toBe(1)
  await (await openConnection(url)).end()
  expect(second.connections()).toBe(2)
  await databases.close()
  for (const node of [first, second]) node.close()
})

it('reports that no node takes writes instead of starting (FD1)', async () => {
  const [first, second] = [await aNode(), await aNode()]
  for (const node of [first, second]) node.answer(WRITES, READ_ONLY)
  await expect(awaitDatabase(`${first.url}?standby=${second.host}`, { log: silent, withinMs: 600 })).rejects.toThrow(
    /^The database at 127\.0\.0\.1:\d+ and 127\.0\.0\.1:\d+ has been read-only for 0\.6 s/,
  )
  for (const node of [first, second]) node.close()
})
