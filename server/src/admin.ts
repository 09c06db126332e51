import { randomUUID } from 'node:crypto'
import { readEnv } from '@pointbook/config/env'
import { instant } from '@pointbook/shared/day'
import { asc } from 'drizzle-orm'
import { oneTimePassword, oneTimeUntil } from './features/shop/accounts/one-time.ts'
import { resetAdmin } from './features/shop/accounts/reset.ts'
import { lockAdmin } from './features/shop/accounts/store.ts'
import { admins } from './features/shop/accounts/tables.ts'
import { databaseCode } from './platform/database/failures.ts'
import { type Database, inTransaction, openDatabase } from './platform/database/pool.ts'
import { hashPassword } from './platform/passwords.ts'

// npm run admin -- list | reset LOGIN: the accounts of the panel, for the operator who has the server.

const USAGE = `npm run admin -- list           the accounts of the panel
npm run admin -- reset LOGIN    a one-time password for an account, which is started again if it was stopped;
                                its second factor, locks and log-ins end`

const { databaseUrl, secrets } = readEnv(process.env)
if (!databaseUrl) throw new Error('DATABASE_URL is not set')
const databases = openDatabase(databaseUrl, secrets)
try {
  process.exitCode = await run(databases.db, process.argv.slice(2))
} catch (error) {
  const code = databaseCode(error)
  if (!code) throw error
  console.error(`The accounts cannot be read (${code}): start Pointbook once, or look at DATABASE_URL.`)
  process.exitCode = 1
} finally {
  await databases.close()
}

async function run(db: Database, [command, login, ...more]: string[]): Promise<number> {
  if (command === 'list' && login === undefined) return list(db)
  if (command === 'reset' && login !== undefined && more.length === 0) return reset(db, login.toLowerCase())
  console.error(USAGE)
  return 1
}

async function list(db: Database): Promise<number> {
  for (const { login, role, active, totpSealed, lastLogInAt } of await db
    .select()
    .from(admins)
    .orderBy(asc(admins.login))) {
    const state = [active ? 'active' : 'stopped', totpSealed ? 'with second factor' : 'password only']
    console.log(`${login.padEnd(24)} ${role.padEnd(12)} ${state.join(', ')}, last log-in ${lastLogInAt ?? 'never'}`)
  }
  return 0
}

async function reset(db: Database, login: string): Promise<number> {
  const password = oneTimePassword(secrets.dataSecret, login, randomUUID())
  const passwordHash = await hashPassword(password)
  const until = oneTimeUntil()
  const known = await inTransaction(db, async (tx) => {
    const admin = await lockAdmin(tx, login)
    const at = instant(new Date())
    if (admin) await resetAdmin(tx, { admin, passwordHash, oneTimeUntil: until, actor: 'system', by: '', at })
    return admin !== undefined
  })
  if (!known) {
    console.error(`There is no account "${login}". These are the accounts:`)
    await list(db)
    return 1
  }
  console.log(`One-time password of ${login}: ${password}`)
  console.log(`It works until ${until}; the panel then asks for a password of your own.`)
  return 0
}
