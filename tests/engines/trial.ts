import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Child, stop } from '@pointbook/config/bootstrap/children'
import { prepareFolder } from '@pointbook/config/bootstrap/database-folder'
import { startServer } from '@pointbook/config/bootstrap/database-process'
import { requireDatabaseProgram } from '@pointbook/config/bootstrap/database-program'
import { program, startService } from '@pointbook/config/bootstrap/services'
import { readEnv } from '@pointbook/config/env'
import { migrate } from '@pointbook/server/platform/database/migrate'
import { buildSandbox } from '@pointbook/server/sandbox/app'
import { demoTemplates } from '@pointbook/server/sandbox/templates'
import mysql, { type Connection } from 'mysql2/promise'
import { freePort } from '../support/free-port.ts'
import type { OperatorSetting } from './setting.ts'
import { tell } from './story.ts'

const DATABASE = 'engines'
const USER = 'shop'
const PASSWORD = 'of the shop'
const READY_WITHIN_MS = 90_000

/** Starts a database with the setting, in a folder of its flavour, and a shop's server over it. Returns everything that is otherwise than it should be. */
export async function tryOut(setting: OperatorSetting, base: string): Promise<string[]> {
  const program = await requireDatabaseProgram(() => {})
  const folder = path.join(base, program.flavour)
  await mkdir(folder, { recursive: true })
  const account = await prepareFolder(folder, program)
  const database = await startServer(folder, program, account, false, optionsFor(program.flavour, setting))
  const admin = await mysql.createConnection({
    ...{ host: '127.0.0.1', port: account.port, user: 'root', password: account.rootPassword },
    multipleStatements: true,
  })
  try {
    const url = await prepare(setting, admin, account.port, account.rootPassword)
    return await runShop(setting, { admin, url, folder })
  } finally {
    admin.destroy()
    await stop(database)
  }
}

const optionsFor = (flavour: string, { options = [], ofMySql = [] }: OperatorSetting) =>
  flavour === 'MySQL' ? [...options, ...ofMySql] : options

/** Makes the shop's database and its user; returns the address by which the server is to find it. */
async function prepare(
  setting: OperatorSetting,
  admin: Connection,
  port: number,
  rootPassword: string,
): Promise<string> {
  const { rights = 'ALL', hasTables, address = (plain: string) => plain } = setting
  await admin.query(
    `SET SESSION sql_mode = ''; SET SESSION autocommit = 1; DROP DATABASE IF EXISTS ${DATABASE}; CREATE DATABASE ${DATABASE}; USE ${DATABASE}`,
  )
  for (const host of ['localhost', '127.0.0.1']) {
    await admin.query(
      `DROP USER IF EXISTS '${USER}'@'${host}'; CREATE USER '${USER}'@'${host}' IDENTIFIED BY '${PASSWORD}'`,
    )
    if (rights) await admin.query(`GRANT ${rights} ON ${DATABASE}.* TO '${USER}'@'${host}'`)
  }
  if (hasTables) await migrate(`mysql://root:${rootPassword}@127.0.0.1:${port}/${DATABASE}`)
  await setting.prepare?.(admin)
  return address(`mysql://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${DATABASE}`)
}

interface Shop {
  admin: Connection
  url: string
  folder: string
}

async function runShop({ refused, warned, during }: OperatorSetting, { admin, url, folder }: Shop): Promise<string[]> {
  const { wechat } = readEnv({}, { mode: 'test' })
  const sandbox = await buildSandbox({ ...wechat, pushAesKey: '', templates: demoTemplates(wechat) })
  const wechatUrl = await sandbox.listen({ port: 0, host: '127.0.0.1' })
  const logFile = path.join(folder, 'server.log')
  let server: Child | null = null
  try {
    const port = await freePort()
    const env = {
      ...{ NODE_ENV: 'test', DATABASE_URL: url, PORT: String(port), POINTBOOK_HOME: path.join(folder, 'home') },
      ...{ WECHAT_API_URL: wechatUrl, SANDBOX_PORT: new URL(wechatUrl).port },
    }
    server = await start(port, env, logFile)
    if (!server) return refusalWrongs(refused, readFileSync(logFile, 'utf8'))
    if (refused) return [`the server started, instead of saying ${refused}`]
    const { pid } = server
    const stage = {
      admin,
      server: `http://localhost:${port}`,
      freeze: () => process.kill(pid, 'SIGSTOP'),
      thaw: () => process.kill(pid, 'SIGCONT'),
    }
    const wrongs = await tell({
      server: stage.server,
      sandbox: wechatUrl,
      during: async (buy) => during?.(stage, buy),
    }).catch((error: Error) => [error.message])
    const said = readFileSync(logFile, 'utf8')
    return warned && !warned.test(said) ? [...wrongs, `the server did not warn: ${warned}`] : wrongs
  } finally {
    if (server) await stop(server)
    await sandbox.close()
  }
}

/** The server's process; null when it ended instead of getting ready. */
function start(port: number, env: Record<string, string>, logFile: string): Promise<Child | null> {
  return startService({
    name: 'server',
    command: program('server/dist/main.js'),
    env: { ...process.env, ...env },
    readyUrl: `http://localhost:${port}/readyz`,
    readyWithinMs: READY_WITHIN_MS,
    logFile,
  }).catch(() => null)
}

function refusalWrongs(refused: RegExp | undefined, said: string): string[] {
  if (!refused) return [`the server did not start: ${said}`]
  const wrongs = refused.test(said) ? [] : [`the server did not say ${refused}: ${said}`]
  return / {4}at /.test(said) ? [...wrongs, 'the server ended with a stack'] : wrongs
}
