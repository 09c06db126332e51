import { Refusal } from '@pointbook/shared/refusals'
import { codeForLog, isUnavailable } from './database/failures.ts'
import type { Metrics } from './metrics.ts'

/**
 * Works on members concurrently and returns the results. Members whose work throws are set aside. Throws when all fail because of
 * the database, which is not the fault of a member.
 */
export type Each = <M extends { memberId: number }, T>(
  members: readonly M[],
  work: (member: M) => Promise<T>,
) => Promise<T[]>

interface Reporting {
  metrics: Metrics
  log: { error(facts: object, text: string): void }
}

/**
 * A run of a job over members. Members set aside are logged and counted; the others continue. The next run includes them again.
 */
export async function settingAside<T>(
  { log, metrics }: Reporting,
  job: string,
  run: (each: Each) => Promise<T>,
): Promise<T> {
  const aside = new Set<number>()

  const each: Each = async (members, work) => {
    const results = await Promise.allSettled(members.map(async (member) => work(member)))
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    results.forEach((result, index) => {
      if (result.status === 'fulfilled') return
      if (done.length === 0 && mayPass(result.reason)) throw result.reason
      const { memberId } = members[index]!
      aside.add(memberId)
      log.error({ job, memberId, code: codeForLog(result.reason) }, 'a member was set aside; the job comes by again')
    })
    return done
  }

  const output = await run(each)
  metrics.jobSetAside.set({ name: job }, aside.size)
  return output
}

const mayPass = (error: unknown): boolean => isUnavailable(error) || (error instanceof Refusal && error.status >= 500)
