import { readEnv } from '@pointbook/config/env'
import { group } from '@pointbook/shared/money'
import { pino } from 'pino'
import { forgetOldKeys, requireDataKeys } from './features/shop/data-keys/keys-in-use.ts'
import { sealings } from './features/shop/data-keys/sealings.ts'
import { record } from './platform/audit-log.ts'
import { inTransaction } from './platform/database/pool.ts'
import { readyDatabase } from './platform/database/ready.ts'
import { UnusableDatabase } from './platform/database/unusable.ts'
import { sealWhatIsDue } from './platform/sealing.ts'
import { type Outside, openOutside } from './server.ts'

// npm run keys:rotate: seals with DATA_SECRET what DATA_SECRET_OLD has sealed. Exit code 1 when something is left.

const PROGRESS_EVERY_MS = 2_000

process.exitCode = await main().catch((error) => {
  if (!(error instanceof UnusableDatabase)) throw error
  console.error(`Nothing was changed: ${error.message}`)
  return 1
})

async function main(): Promise<number> {
  const env = readEnv(process.env)
  if (!env.databaseUrl) throw new Error('DATABASE_URL is not set')
  const log = pino({ level: 'warn' })
  await readyDatabase(env.databaseUrl, { log, adminUrl: env.databaseAdminUrl })
  const outside = openOutside(env, { log })
  try {
    await requireDataKeys(outside)
    return await rotate(outside)
  } finally {
    await outside.databases.close()
  }
}

async function rotate(outside: Outside): Promise<number> {
  const total = await countDue(outside)
  console.log(`${group(total)} rows to seal with the current DATA_SECRET`)
  const { done, unreadable } = await sealWhatIsDue(outside, sealings, 'all', { onProgress: progressOf(total) })
  const left = await countDue(outside)
  if (unreadable.length > 0) {
    console.error(`${group(done)} rows are sealed. Neither secret opens a value of these: ${unreadable.join(', ')}.`)
    console.error('Keep DATA_SECRET_OLD, look for a backup or another secret, and run this again.')
    return 1
  }
  if (left > 0) {
    console.error(`${group(done)} rows are sealed; meanwhile ${group(left)} more were written with the old secret.`)
    console.error('A server runs with the old DATA_SECRET: restart every server, and run this again.')
    return 1
  }
  await forgetOldKeys(outside)
  await note(outside, done)
  console.log(`${group(done)} rows sealed; nothing is left that the old secret has sealed.`)
  console.log('DATA_SECRET_OLD may be removed now: take it out of the settings and restart every server.')
  return 0
}

async function countDue({ db, keys }: Outside): Promise<number> {
  const counts = await Promise.all(sealings.map(({ count }) => count(db, keys, 'all')))
  return counts.reduce((sum, count) => sum + count, 0)
}

function progressOf(total: number) {
  let shownMs = performance.now()
  return (done: number) => {
    if (performance.now() - shownMs < PROGRESS_EVERY_MS) return
    shownMs = performance.now()
    console.log(`${group(done)} of ${group(total)}`)
  }
}

async function note({ db, clock }: Outside, done: number): Promise<void> {
  const line = { actor: 'system', action: 'data-keys.rotate', subject: 'settings' } as const
  const text = `更换个人信息的加密密钥：重新加密 ${group(done)} 条，旧密钥可以移除`
  await inTransaction(db, (tx) => record(tx, clock.now(), { ...line, text }))
}
