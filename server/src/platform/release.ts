import type { Audience } from '@pointbook/shared/contract/http'
import { Refusal } from '@pointbook/shared/refusals'
import { OLDEST_SERVED, RELEASE_HEADER } from '@pointbook/shared/release'
import type { FastifyRequest } from 'fastify'

/**
 * Refuses a mini-program or panel that is older than the server serves, with `client.outdated`. Release 0 stands for a request
 * without a release. Other systems send none, and public operations may be called by them.
 */
export function requireServedRelease({ headers }: FastifyRequest, audience: Audience): void {
  const releaseHeader = headers[RELEASE_HEADER]
  if (audience === 'partner' || (releaseHeader === undefined && audience === 'public')) return
  if (releaseOf({ headers }) < OLDEST_SERVED) throw new Refusal('client.outdated')
}

/** The release of the mini-program or panel that sent a request. */
export function releaseOf({ headers }: Pick<FastifyRequest, 'headers'>): number {
  const releaseHeader = headers[RELEASE_HEADER]
  return typeof releaseHeader === 'string' && /^\d{1,6}$/.test(releaseHeader) ? Number(releaseHeader) : 0
}
