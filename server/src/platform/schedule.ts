import { addMs, type Instant, instant } from '@pointbook/shared/day'
import { Cron } from 'croner'
import type { Clock } from './clock.ts'
import { codeForLog } from './database/failures.ts'
import type { Database } from './database/pool.ts'
import { underLease } from './lease.ts'
import type { Metrics } from './metrics.ts'

const DAY_MS = 86_400_000

/** Work that comes again. `run` must be safe to repeat and to take up after a crash. */
export interface Job {
  name: string
  /** Cron pattern by the shop's clock, such as `10 0 * * *`. */
  pattern: string
  /** Settles to how much it did, where somebody wants to know. */
  run(): Promise<unknown>
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

interface Journey {
  clock: Clock
  offsetMinutes: number
  days: number
}

/**
 * Takes a clock some days ahead, through every moment at which a job comes due, in order, and runs it there. Returns how much each job
 * did, by its name.
 */
export async function runAhead(jobs: readonly Job[], journey: Journey): Promise<Map<string, number>> {
  const { clock, days } = journey
  const until = addMs(clock.now(), days * DAY_MS)
  const travelTo = (at: Instant) => clock.travel(Math.max(0, Date.parse(at) - Date.parse(clock.now())))
  const done = new Map<string, number>()
  for (const { at, job } of comingDue(jobs, journey, until)) {
    travelTo(at)
    const did = await job.run()
    if (typeof did === 'number') done.set(job.name, (done.get(job.name) ?? 0) + did)
  }
  travelTo(until)
  return done
}

function comingDue(jobs: readonly Job[], { clock, offsetMinutes }: Journey, until: Instant) {
  const moments: { at: Instant; job: Job }[] = []
  for (const job of jobs) {
    const cron = new Cron(job.pattern, { utcOffset: offsetMinutes, paused: true })
    let next = cron.nextRun(new Date(clock.now()))
    for (; next && instant(next) <= until; next = cron.nextRun(next)) moments.push({ at: instant(next), job })
  }
  return moments.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
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
