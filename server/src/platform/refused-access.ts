import { type RefusalReply, refusals } from '@pointbook/shared/refusals'
import type { FastifyRequest } from 'fastify'
import { nameOf } from './http.ts'

type Code = RefusalReply['code']

const BARRED = [401, 403]
/** Locks after too many guesses. */
const GUESSES: Code[] = ['login.locked', 'code.guessed', 'look-up.limit-reached']
/** Every phone and every open panel meets these in time. */
const ORDINARY: Code[] = ['session.missing', 'session.expired', 'login.code-missing']

/**
 * Logs that somebody was refused access (OWASP ASVS 4.0.3, 7.1.3 and 7.2.2): the operation, the code, and the caller if known.
 * The visitor's address stands in the log of nginx, and with a failed log-in in the audit log.
 */
export function logRefusedAccess(request: FastifyRequest, code: Code): void {
  if (!isRefusedAccess(code)) return
  const { caller, routeOptions } = request
  const who = caller ? nameOf(caller as Parameters<typeof nameOf>[0]) : null
  request.log.info({ operation: routeOptions.config?.operation ?? null, code, caller: who }, 'access refused')
}

const isRefusedAccess = (code: Code): boolean =>
  GUESSES.includes(code) || (code !== 'server.failed' && BARRED.includes(refusals[code][0]) && !ORDINARY.includes(code))
