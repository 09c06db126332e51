import { admins } from '@pointbook/server/features/shop/accounts/tables'
import { newToken, sha256 } from '@pointbook/server/platform/secrets'
import { adminSessions } from '@pointbook/server/platform/session/tables'
import { addMs, instant } from '@pointbook/shared/day'
import { type aWorld, fresh, type Speaker } from './world.ts'

/** An account of the panel with that role, logged in; `name` is what others see of it. */
export async function anAccount(
  world: Awaited<ReturnType<typeof aWorld>>,
  role: string,
  { name = '王经理', storeIds = null }: { name?: string; storeIds?: number[] | null } = {},
): Promise<Speaker & { login: string }> {
  const [login, token] = [fresh('login').toLowerCase(), newToken()]
  await world.db.insert(admins).values({ login, name, role, storeIds, passwordHash: '' })
  const endsAt = addMs(instant(new Date()), 12 * 3_600_000)
  await world.db.insert(adminSessions).values({ tokenHash: sha256(token), login, endsAt })
  const owner = await world.asAdmin()
  return { login, ...world.speaker({ ...owner.headers, cookie: `pointbook_panel=${token}` }) }
}
