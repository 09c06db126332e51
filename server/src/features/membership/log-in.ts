import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import type { House } from '../../outside.ts'
import type { Database } from '../../platform/database/pool.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { closeSessionsOf, openSession, type Tokens } from '../../platform/session/member-session.ts'
import { readAccount } from '../points/store.ts'

/** Logs a member in on one device; throws `member.cancelled` for who was one. */
export async function logIn(app: FastifyInstance, db: Database, memberId: number): Promise<Tokens> {
  const account = await readAccount(db, memberId)
  if (account?.standing === 'cancelled') throw new Refusal('member.cancelled')
  return openSession(app, db, memberId)
}

/** Whose membership ends is logged out everywhere. */
export const logInHandlers = ({ db }: House): Record<string, OutboxHandler> => ({
  'case.decided': {
    handle: async ({ memberId, decision }: { memberId: number; decision: string }) => {
      if (decision === 'cancelled') await closeSessionsOf(db, memberId)
    },
  },
})
