import type { FastifyBaseLogger } from 'fastify'
import { codeForLog } from './database/failures.ts'
import { placesOf } from './places.ts'

/**
 * Logs an error that nobody caught, before the process ends. Node's own report would contain the message, and with it the
 * parameters of a statement.
 */
export function logLastError(log: Pick<FastifyBaseLogger, 'fatal'>, error: unknown): void {
  const { name, places } = error instanceof Error ? { name: error.name, places: placesOf(error) } : NO_ERROR
  log.fatal({ type: name, code: codeForLog(error), stack: places }, 'ended by an error that nobody caught')
}

const NO_ERROR = { name: 'no Error', places: '' }
