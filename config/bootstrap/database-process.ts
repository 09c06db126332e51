import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { type Child, launch, stop } from './children.ts'
import { socketPath } from './claim.mjs'
import { type Account, dataOf, logOf, noFileAccess, pidFileOf, surroundings, writeAccount } from './database-folder.ts'
import type { DatabaseProgram } from './database-program.ts'
import { Trouble } from './step.mjs'

const readyWithinMs = 300_000 // Recovering a large book after a crash takes its time.
const portTries = 3

/**
 * Starts the server on a prepared folder and waits until it answers. Without `durable` a crash may lose what was committed. `settings`
 * are options of the server that win over ours.
 */
export async function startServer(
  folder: string,
  program: DatabaseProgram,
  account: Account,
  durable: boolean,
  settings: readonly string[] = [],
) {
  for (let tries = 1; ; tries++) {
    account.port = await freePort(tries === 1 ? account.port : 0)
    writeAccount(folder, account)
    const child = launchServer(folder, program, account, [...optionsFor(program.flavour, durable), ...settings])
    try {
      await untilReady(child, account)
      return child
    } catch (error) {
      await stop(child)
      const log = readFileSync(logOf(folder), 'utf8')
      if (log.includes('Address already in use') && tries < portTries) continue
      throw new Trouble((error as Error).message, { output: log, advice: adviceOn(log, folder) })
    }
  }
}

// A quarter of the machine's memory caches rows. With a log of default size the server would stall to write pages every few
// seconds under load. MySQL has renamed that setting, so both names are given as optional.
const memoryForRows = Math.min(8 * 2 ** 30, Math.max(2 ** 28, Math.floor(totalmem() / 4)))
const forYears = [
  '--innodb-flush-log-at-trx-commit=1',
  `--innodb-buffer-pool-size=${memoryForRows}`,
  '--loose-innodb-log-file-size=512M',
  '--loose-innodb-redo-log-capacity=512M',
]
const forAnHour = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-buffer-pool-size=256M']

/** Options that differ between servers and uses; each server has its own names for them. */
export const optionsFor = (flavour: DatabaseProgram['flavour'], durable: boolean): string[] => [
  ...(flavour === 'MySQL' ? ['--mysqlx=OFF', noFileAccess] : []),
  ...(durable ? forYears : forAnHour),
]

function launchServer(
  folder: string,
  program: DatabaseProgram,
  { port, ...account }: Account,
  settings: readonly string[],
): Child {
  const accounts = path.join(folder, 'accounts.sql')
  writeFileSync(accounts, accountStatements(account), { mode: 0o600 })
  if (existsSync(logOf(folder))) renameSync(logOf(folder), `${logOf(folder)}.previous`)
  const log = openSync(logOf(folder), 'w', 0o600)
  const command = [
    program.server,
    '--no-defaults',
    `--datadir=${dataOf(folder)}`,
    `--socket=${socketPath(folder, 'database.sock')}`,
    `--pid-file=${pidFileOf(folder)}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--init-file=${accounts}`,
    '--skip-name-resolve',
    '--local-infile=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--skip-log-bin',
    '--performance-schema=OFF',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    ...settings,
  ]
  const child = launch('database', command, { stdio: ['ignore', log, log], env: surroundings(folder) })
  closeSync(log)
  return child
}

/** Run by the server at every start before it accepts connections, so there is no moment without passwords. */
function accountStatements({ password, rootPassword }: Pick<Account, 'password' | 'rootPassword'>): string {
  const hosts = ['localhost', '127.0.0.1']
  const user = (name: string, host: string, secret: string) => [
    `CREATE USER IF NOT EXISTS '${name}'@'${host}';`,
    `ALTER USER '${name}'@'${host}' IDENTIFIED BY '${secret}';`,
  ]
  return [
    'CREATE DATABASE IF NOT EXISTS pointbook CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;',
    ...hosts.flatMap((host) => [
      ...user('root', host, rootPassword),
      `GRANT ALL ON *.* TO 'root'@'${host}' WITH GRANT OPTION;`,
      ...user('pointbook', host, password),
      `GRANT ALL ON pointbook.* TO 'pointbook'@'${host}';`,
      `DROP USER IF EXISTS ''@'${host}';`,
    ]),
    "DROP USER IF EXISTS 'root'@'::1';",
    'DROP DATABASE IF EXISTS test;',
    '',
  ].join('\n')
}

async function untilReady(child: Child, { port, password }: Account) {
  let ended = ''
  child.ended.then((how) => {
    ended = how
  })
  const deadline = performance.now() + readyWithinMs
  while (performance.now() < deadline) {
    if (ended) throw new Error(`The database did not start (${ended}).`)
    try {
      const connection = await createConnection({ host: '127.0.0.1', port, user: 'pointbook', password })
      return await connection.end()
    } catch (error) {
      if ((error as { code?: string }).code === 'ER_ACCESS_DENIED_ERROR') throw error
    }
    await sleep(50)
  }
  throw new Error(`The database did not answer within ${readyWithinMs / 1000} s.`)
}

function adviceOn(log: string, folder: string): string {
  if (/No space left|Disk is full|disk full|[Ee]rr(no|or|code)[: ]+28\b/.test(log))
    return 'The disk is full: free some space and start again. Nothing that was confirmed is lost.'
  if (/Unable to lock|Can't lock aria/.test(log))
    return `Another database process is using ${folder}: stop it and start again.`
  if (/Permission denied|[Ee]rrcode: 13/.test(log))
    return `The database may not write to ${folder}: mend its owner, or set POINTBOOK_HOME to another folder.`
  return `The whole log is in ${logOf(folder)}.`
}

/** A free loopback port, the preferred one if it is free. */
async function freePort(preferred: number): Promise<number> {
  const server = createServer()
  const port = await new Promise<number | undefined>((resolve) => {
    server.on('error', () => resolve(undefined))
    server.listen(preferred, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  await new Promise((resolve) => server.close(resolve))
  return port ?? freePort(0)
}
