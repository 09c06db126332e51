import { Cron } from 'croner'
import { codeForLog } from './database/failures.ts'
import type { Database } from './database/pool.ts'
import { underLease } from './lease.ts'
import type { Metrics } from './metrics.ts'

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
  metrics: Metrics
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

/** Runs a job now if nobody else is running it. */
export async function runLeased(job: Job, { db, log, metrics }: Settings): Promise<void> {
  const named = { job: job.name }
  const begunMs = performance.now()
  try {
    const ran = await underLease(db, job.name, async () => {
      await job.run()
      return true
    })
    if (!ran) return
    metrics.jobSuccess.set(named, Date.now() / 1000)
    metrics.jobSeconds.set(named, (performance.now() - begunMs) / 1000)
    log.info(named, 'job done')
  } catch (error) {
    metrics.jobFailures.inc(named)
    log.warn({ ...named, code: codeForLog(error), type: error instanceof Error ? error.name : '' }, 'a job failed')
  }
}
