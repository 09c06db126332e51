import { addMs, type Instant, instant } from '@pointbook/shared/day'
import { Cron } from 'croner'
import type { Clock } from './clock.ts'
import { codeForLog } from './database/failures.ts'
import type { Database } from './database/pool.ts'
import { underLease } from './lease.ts'
import type { Metrics } from './metrics.ts'

const DAY_MS = 86_400_000

/** Scheduled work. `run` must be safe to repeat and to resume after a crash. */
export interface Job {
  name: string
  /** Cron pattern by the shop's clock, such as `10 0 * * *`. */
  pattern: string
  /** Also runs when the server starts. */
  atStart?: true
  /** Not run by a clock that jumps: it is due too often, and loses nothing by it. */
  skipsAhead?: true
  /** Resolves to the amount of work done, where it is of interest. */
  run(): Promise<unknown>
}

interface Settings {
  db: Database
  /** Minutes the shop's clock is ahead of UTC. */
  offsetMinutes: number
  metrics: Metrics
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void }
}

/** Runs each job on its pattern, some also at once, on the one server that gets the job's lease. */
export function openSchedule(jobs: readonly Job[], settings: Settings): { close(): void } {
  // A counter that appears with its first failure shows no increase.
  for (const { name } of jobs) settings.metrics.jobFailures.inc({ name }, 0)
  const crons = jobs.map(
    (job) =>
      new Cron(job.pattern, { utcOffset: settings.offsetMinutes, protect: true }, () => runLeased(job, settings)),
  )
  for (const job of jobs) if (job.atStart) void runLeased(job, settings)
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
 * Moves a clock some days ahead and runs every job at each of its due times in between, in order. Returns the amount of work of
 * each job, by its name.
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
  for (const job of jobs.filter(({ skipsAhead }) => !skipsAhead)) {
    const cron = new Cron(job.pattern, { utcOffset: offsetMinutes, paused: true })
    let next = cron.nextRun(new Date(clock.now()))
    for (; next && instant(next) <= until; next = cron.nextRun(next)) moments.push({ at: instant(next), job })
  }
  return moments.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
}

/** Runs a job now if no other server is running it. */
export async function runLeased(job: Job, { db, log, metrics }: Settings): Promise<void> {
  const { name } = job
  const begunMs = performance.now()
  try {
    const ran = await underLease(db, name, async () => {
      await job.run()
      return true
    })
    if (!ran) return
    metrics.jobSuccess.set({ name }, Date.now() / 1000)
    metrics.jobSeconds.set({ name }, (performance.now() - begunMs) / 1000)
    log.info({ job: name }, 'job done')
  } catch (error) {
    metrics.jobFailures.inc({ name })
    log.warn({ job: name, code: codeForLog(error), type: error instanceof Error ? error.name : '' }, 'a job failed')
  }
}
