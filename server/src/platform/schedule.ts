import { Cron } from 'croner'
import { type Database, databaseCode } from './database/pool.ts'
import { underLease } from './lease.ts'

/** Work that comes again. `run` must be safe to repeat and to take up after a crash. */
export interface Job {
  name: string
  /** Cron pattern by the shop's clock, such as `10 0 * * *`. */
  pattern: string
  run(): Promise<void>
}

interface Settings {
  db: Database
  /** Minutes the shop's clock is ahead of UTC. */
  offsetMinutes: number
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void }
}

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

async function runLeased(job: Job, { db, log }: Settings): Promise<void> {
  try {
    const ran = await underLease(db, job.name, async () => {
      await job.run()
      return true
    })
    if (ran) log.info({ job: job.name }, 'job done')
  } catch (error) {
    log.warn(
      { job: job.name, code: databaseCode(error), type: error instanceof Error ? error.name : '' },
      'a job failed',
    )
  }
}
