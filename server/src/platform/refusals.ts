import type { Env } from '@pointbook/config/env'
import { refusalsElsewhere } from '@pointbook/shared/contract/common-refusals'
import type { Operation } from '@pointbook/shared/contract/index'
import { refusalsOf } from '@pointbook/shared/contract/refusals'
import type { RefusalCode } from '@pointbook/shared/refusals'
import type { FastifyBaseLogger } from 'fastify'

/** An operation; null for an address that is none. */
type Place = Operation | null

/** Whether the contract lists this refusal for the operation. */
const isListed = (place: Place, code: RefusalCode): boolean => {
  const listed: readonly RefusalCode[] = place ? refusalsOf(place) : refusalsElsewhere
  return listed.includes(code)
}

/**
 * Reports a code that an operation sends but does not list. In a test run this fails the test; otherwise the refusal is sent as
 * usual and logged once.
 */
export function watchRefusals({ mode }: Pick<Env, 'mode'>, log: Pick<FastifyBaseLogger, 'error'>) {
  const seen = new Set<string>()
  return (place: Place, code: RefusalCode): void => {
    const name = `${place ?? 'elsewhere'}: ${code}`
    if (seen.has(name)) return
    seen.add(name)
    if (isListed(place, code)) return
    if (mode !== 'test') {
      log.error({ operation: place, code }, 'a refusal that the contract does not list')
      return
    }
    // Outside of the request, whose answer does not change.
    setImmediate(() => {
      throw new Error(`${name} is refused and not listed: add the code to \`refusals\` in shared/src/contract`)
    })
  }
}
