import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from './children.ts'
import type { DatabaseProgram } from './database-program.ts'
import { requireDiskSpace } from './disk-space.ts'
import { Trouble } from './step.mjs'

const leftoverPatienceMs = 10_000

/** The accounts of the database of a folder; stored there, readable by its owner only. */
export interface Account {
  flavour: DatabaseProgram['flavour']
  port: number
  password: string
  rootPassword: string
}

/** MySQL's packages name a folder for files that statements read and write, which is not there, and without it the server ends. */
export const noFileAccess = '--secure-file-priv=NULL'

export const dataOf = (folder: string) => path.join(folder, 'data')

/** The server's environment: it clears its temporary folder when it starts, so each server needs its own. */
export function surroundings(folder: string): NodeJS.ProcessEnv {
  const TMPDIR = path.join(folder, 'tmp')
  mkdirSync(TMPDIR, { recursive: true })
  return { ...process.env, TMPDIR }
}
export const logOf = (folder: string) => path.join(folder, 'database.log')
export const pidFileOf = (folder: string) => path.join(folder, 'database.pid')
const accountOf = (folder: string) => path.join(folder, 'account.json')

export function readAccount(folder: string): Account | undefined {
  return existsSync(accountOf(folder)) ? JSON.parse(readFileSync(accountOf(folder), 'utf8')) : undefined
}

export function writeAccount(folder: string, account: Account) {
  writeFileSync(accountOf(folder), `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 })
}

/** Prepares a folder to be served: space on the disk, nothing left running by a crash, system tables, passwords. */
export async function prepareFolder(folder: string, program: DatabaseProgram): Promise<Account> {
  await requireDiskSpace(folder)
  await stopLeftover(folder)
  const account = readAccount(folder) ?? newAccount(program)
  if (account.flavour !== program.flavour)
    throw new Trouble(`${folder} was made by ${account.flavour}, but this machine now offers ${program.flavour}.`, {
      advice: `Install ${account.flavour} again, or set POINTBOOK_HOME to another folder to begin anew.`,
    })
  writeAccount(folder, account)
  if (!existsSync(dataOf(folder))) await makeSystemTables(folder, program)
  return account
}

function newAccount({ flavour }: DatabaseProgram): Account {
  const password = () => randomBytes(24).toString('base64url')
  return { flavour, port: 0, password: password(), rootPassword: password() }
}

/** A database whose command was killed keeps running and locks the folder; it is stopped, by SIGKILL if necessary. */
export async function stopLeftover(folder: string) {
  if (!existsSync(pidFileOf(folder))) return
  const pid = Number(readFileSync(pidFileOf(folder), 'utf8'))
  const serves = () => commandLine(pid).includes(dataOf(folder))
  for (let waitedMs = 0; serves(); waitedMs += 100) {
    process.kill(pid, waitedMs < leftoverPatienceMs ? 'SIGTERM' : 'SIGKILL')
    await sleep(100)
  }
  await rm(pidFileOf(folder), { force: true })
}

function commandLine(pid: number): string {
  if (!(pid > 0)) return ''
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** The tables are created elsewhere and moved into place, so that an existing data folder is complete. */
async function makeSystemTables(folder: string, { server, installer }: DatabaseProgram) {
  const unfinished = path.join(folder, 'data.new')
  await rm(unfinished, { recursive: true, force: true })
  const isRoot = process.getuid?.() === 0
  const root = isRoot ? ['--user=root'] : []
  // --rpm keeps the script's hands off the system's own files, --cross-bootstrap leaves this machine's name out of the
  // accounts; -uroot and not --user=root, for which the script would change owners outside our folder.
  const mariadb = ['--cross-bootstrap', '--rpm', '--skip-test-db', '--auth-root-authentication-method=normal']
  const command = installer
    ? [installer, '--no-defaults', `--datadir=${unfinished}`, ...mariadb, ...(isRoot ? ['-uroot'] : [])]
    : [server, '--no-defaults', `--datadir=${unfinished}`, noFileAccess, '--initialize-insecure', ...root]
  await run(command, { advice: advice(folder), env: surroundings(folder) })
  await rename(unfinished, dataOf(folder))
}

function advice(folder: string) {
  return `The database could not make its tables in ${folder}. If the system's AppArmor keeps it out of that folder, name another database by DATABASE_URL.`
}
