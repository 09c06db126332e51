import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { AdminCaller } from '../../../platform/http.ts'
import { adminLoginOf } from '../../../platform/session/admin-session.ts'
import type { Outside } from '../../../server.ts'
import { admins } from './tables.ts'

/** The panel's user of a request; throws `session.invalid` when the session or the account has ended. */
export const adminOf =
  ({ db, env }: Outside) =>
  async (request: FastifyRequest): Promise<AdminCaller> => {
    const login = await adminLoginOf(db, env, request)
    const [admin] = await db.select({ name: admins.name }).from(admins).where(eq(admins.login, login))
    if (!admin) throw new Refusal('session.invalid')
    return { login, name: admin.name }
  }
