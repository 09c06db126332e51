import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../platform/database/pool.ts'
import { openSession, type Tokens } from '../../../platform/session/member-session.ts'
import { readAccount } from '../../points/ledger/store.ts'

/** Logs a member in on one device; throws `member.cancelled` for who was one. */
export async function logIn(app: FastifyInstance, db: Database, memberId: number): Promise<Tokens> {
  const account = await readAccount(db, memberId)
  if (account?.standing === 'cancelled') throw new Refusal('member.cancelled')
  return openSession(app, db, memberId)
}
