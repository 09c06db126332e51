import { addMs, type Instant } from '@pointbook/shared/day'
import { Cron } from 'croner'
import { and, eq, lt } from 'drizzle-orm'
import { type Database, databaseCode } from './database/pool.ts'
import { leases } from './leases-table.ts'

/** Work that comes again. `run` must be safe to repeat and to take up after a crash. */
export interface Job {
  name: string
  /** Cron pattern by the shop's clock, such as `10 0 * * *`. */
  pattern: string
  run(): Promise<void>
}

interface Settings {
  db: Database
  now(): Instant
  /** Minutes the shop's clock is ahead of UTC. */
  offsetMinutes: number
  holder: string
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void }
}

const LEASE_MS = 10 * 60_000

/** Runs each job on its pattern, on one server at a time: whoever takes the job's lease. */
export function openSchedule(jobs: readonly Job[], settings: Settings): { close(): void } {
  const crons = jobs.map(
    (job) =>
      new Cron(job.pattern, { utcOffset: settings.offsetMinutes, protect: true }, () => runLeased(job, settings)),
  )
  return {
    close: () => {
      for (const cron of crons) cron.stop()
    },
  }
}

/** Runs a job now if nobody else is running it. A holder that died loses the lease after ten minutes. */
export async function runLeased(job: Job, { db, now, holder, log }: Settings): Promise<void> {
  try {
    if (!(await take(db, job.name, holder, now()))) return
    await job.run()
    await db
      .update(leases)
      .set({ until: now() })
      .where(and(eq(leases.name, job.name), eq(leases.holder, holder)))
    log.info({ job: job.name }, 'job done')
  } catch (error) {
    log.warn(
      { job: job.name, code: databaseCode(error), type: error instanceof Error ? error.name : '' },
      'a job failed',
    )
  }
}

async function take(db: Database, name: string, holder: string, now: Instant): Promise<boolean> {
  await db.insert(leases).ignore().values({ name, holder: '', until: now })
  const [result] = await db
    .update(leases)
    .set({ holder, until: addMs(now, LEASE_MS) })
    .where(and(eq(leases.name, name), lt(leases.until, addMs(now, 1))))
  return result.affectedRows === 1
}
