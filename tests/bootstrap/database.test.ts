import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@pointbook/config/bootstrap/database'
import { pidFileOf, readAccount } from '@pointbook/config/bootstrap/database-folder'
import { optionsFor } from '@pointbook/config/bootstrap/database-process'
import { findDatabaseProgram } from '@pointbook/config/bootstrap/database-program'
import { createConnection, createPool } from 'mysql2/promise'
import { afterAll, afterEach, expect, it } from 'vitest'

const home = mkdtempSync(path.join(tmpdir(), 'pointbook-test-'))
const children: ChildProcess[] = []

afterEach(() => Promise.all(children.splice(0).map(endGently)))
afterAll(() => rmSync(home, { recursive: true }))

/** A process that holds the database of a folder, as npm start does. */
async function aHolder(folder: string) {
  const holder = spawn(process.execPath, ['tests/bootstrap/hold-database.ts', folder])
  children.push(holder)
  const [url] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])
  return { holder, url: String(url).trim() }
}

async function endGently(holder: ChildProcess) {
  if (holder.exitCode !== null || holder.signalCode !== null) return
  holder.kill('SIGTERM')
  await once(holder, 'exit')
}

async function ask(url: string, sql: string) {
  const connection = await createConnection(url)
  const [rows] = await connection.query(sql)
  await connection.end()
  return rows as Record<string, unknown>[]
}

const pidOf = (folder: string) => Number(readFileSync(pidFileOf(folder), 'utf8'))

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(fact: () => boolean) {
  while (!fact()) await sleep(50)
}

it('starts a durable database that accepts only its own passwords', async () => {
  const folder = path.join(home, 'fresh')
  const { url } = await aHolder(folder)
  expect(await ask(url, 'SELECT @@innodb_flush_log_at_trx_commit AS level, @@bind_address AS address')).toEqual([
    { level: 1, address: '127.0.0.1' },
  ])

  const { port } = new URL(url)
  for (const user of ['root', 'pointbook', ''])
    await expect(createConnection({ host: '127.0.0.1', port: +port, user })).rejects.toThrow(/Access denied/)
  await expect(createConnection({ socketPath: path.join(folder, 'database.sock'), user: 'root' })).rejects.toThrow(
    /Access denied/,
  )
  const rootUrl = `mysql://root:${readAccount(folder)!.rootPassword}@127.0.0.1:${port}/`
  const unprotected = "SELECT user, host FROM mysql.user WHERE user = '' OR host NOT IN ('localhost', '127.0.0.1')"
  expect(await ask(rootUrl, unprotected)).toEqual([])
  expect(await ask(rootUrl, "SHOW DATABASES LIKE 'test'")).toEqual([])
  expect(statSync(path.join(folder, 'account.json')).mode & 0o777).toBe(0o600)
})

it('restarts a killed database with the committed rows and the same address', async () => {
  const folder = path.join(home, 'killed')
  const { url } = await aHolder(folder)
  const pool = createPool(url)
  await pool.query('CREATE TABLE facts (n INT)')
  await pool.query('INSERT INTO facts VALUES (7)')

  const killed = pidOf(folder)
  process.kill(killed, 'SIGKILL')
  await until(() => existsSync(pidFileOf(folder)) && pidOf(folder) !== killed)
  const rows = async () => (await pool.query('SELECT n FROM facts'))[0]
  await expect.poll(() => rows().catch(() => 'not yet'), { timeout: 10_000 }).toEqual([{ n: 7 }])
  await pool.end()
})

it('stops the database when the command that started it is killed', async () => {
  const folder = path.join(home, 'orphan')
  const { holder } = await aHolder(folder)
  const database = pidOf(folder)
  holder.kill('SIGKILL')
  await until(() => !isAlive(database))
})

it.runIf(existsSync('/proc'))('takes over from a database that outlived everybody, losing nothing', async () => {
  const folder = path.join(home, 'leftover')
  const { holder, url } = await aHolder(folder)
  await ask(url, 'CREATE TABLE facts (n INT)')
  const leftover = pidOf(folder)
  for (const child of childrenOf(holder.pid!).filter((pid) => pid !== leftover)) process.kill(child, 'SIGKILL')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(isAlive(leftover)).toBe(true)

  const next = await aHolder(folder)
  expect(await ask(next.url, "SHOW TABLES LIKE 'facts'")).toHaveLength(1)
  await until(() => !isAlive(leftover))
})

it('reports a folder in use by a running Pointbook, or uses its database on request', async () => {
  const folder = path.join(home, 'held')
  const { holder, url } = await aHolder(folder)
  const opening = { folder, durable: true, note: () => {} }
  await expect(openDatabase(opening)).rejects.toThrow(`in use by a running Pointbook (process ${holder.pid})`)
  expect((await openDatabase({ ...opening, held: 'use' })).url).toBe(url)
})

it('continues when the creation of the tables was interrupted', async () => {
  const folder = path.join(home, 'interrupted')
  mkdirSync(path.join(folder, 'data.new', 'mysql'), { recursive: true })
  writeFileSync(path.join(folder, 'data.new', 'ibdata1'), 'half')
  const { url } = await aHolder(folder)
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

it('starts each server with options that it supports (FD7)', () => {
  const [mysql, mariadb] = [optionsFor('MySQL', true), optionsFor('MariaDB', true)]
  expect(mysql).toEqual(expect.arrayContaining(['--secure-file-priv=NULL', '--mysqlx=OFF']))
  expect(mariadb.join()).not.toMatch(/secure-file-priv|mysqlx/)
  for (const options of [mysql, mariadb]) {
    // The option for the size of the log has a different name in each, and a server refuses an unknown option unless it is
    // optional.
    expect(options).toEqual(
      expect.arrayContaining(['--loose-innodb-log-file-size=512M', '--loose-innodb-redo-log-capacity=512M']),
    )
    expect(options.join()).not.toMatch(/--innodb-(log-file-size|redo-log-capacity)/)
  }
  for (const flavour of ['MySQL', 'MariaDB'] as const)
    expect(optionsFor(flavour, false)).toContain('--innodb-flush-log-at-trx-commit=0')
})

it('reports that no database is installed', async () => {
  expect(await findDatabaseProgram([home])).toBeUndefined()
})

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
}
