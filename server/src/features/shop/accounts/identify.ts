import { type Api, contract, type Operation } from '@pointbook/shared/contract/index'
import { type BuiltInRole, builtInRoles, type Permission } from '@pointbook/shared/permissions'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../platform/database/pool.ts'
import type { AdminCaller } from '../../../platform/http.ts'
import { adminSessionOf } from '../../../platform/session/admin-session.ts'
import { readSetting } from '../../../platform/settings.ts'
import type { Outside } from '../../../server.ts'
import { adminRoles, admins } from './tables.ts'

export type AdminRow = typeof admins.$inferSelect

/** Who must use a second factor; shops of the previous release have a boolean, whose true meant owners and finance. */
export type Demanded = Api['PUT /admin/accounts-rule']['input']['demanded']
export const DEMANDED = 'accounts.second-factor-demanded'

/** The panel's user of a request; throws `session.invalid` when the account has ended or was stopped. */
export const adminOf =
  ({ db, env }: Outside) =>
  async (request: FastifyRequest): Promise<AdminCaller> => {
    const { login, ...session } = await adminSessionOf(db, env, request, isPolled(request))
    const [admin] = await db.select().from(admins).where(eq(admins.login, login))
    if (!admin?.active) throw new Refusal('session.invalid')
    return { ...(await callerOf(db, admin)), ...session }
  }

/** Whether the panel repeats the operation by itself, without anybody before the screen. */
function isPolled({ routeOptions }: FastifyRequest): boolean {
  const endpoint = contract[routeOptions.config.operation as Operation]
  return endpoint?.for === 'admin' && 'polled' in endpoint
}

/** An account without its log-in. */
export type Account = Omit<AdminCaller, 'tokenHash' | 'deviceId'>

/** What an account may do, and what it must do first. */
export async function callerOf(db: Database, admin: AdminRow): Promise<Account> {
  const { login, name, role, storeIds, totpSealed } = admin
  const secondFactor = totpSealed !== null
  const lacksFactor = !secondFactor && mustHaveFactor(role, await readDemanded(db))
  return {
    login,
    name,
    role,
    permissions: new Set<Permission>(['panel.use', ...(await permissionsOf(db, role))]),
    storeIds,
    due: dueOf(admin) ?? (lacksFactor ? 'second-factor' : null),
    secondFactor,
  }
}

function dueOf({ oneTimeUntil, passwordCommon }: AdminRow) {
  if (oneTimeUntil) return 'password'
  return passwordCommon ? 'common-password' : null
}

export const mustHaveFactor = (role: string, demanded: Demanded): boolean =>
  demanded === 'everybody' || (demanded === 'owner-finance' && (role === 'owner' || role === 'finance'))

export async function readDemanded(db: Database): Promise<Demanded> {
  const stored = (await readSetting<Demanded | boolean>(db, DEMANDED))?.value
  if (stored === true) return 'owner-finance'
  return stored || 'nobody'
}

const isBuiltIn = (role: string): role is BuiltInRole => role in builtInRoles

async function permissionsOf(db: Database, role: string): Promise<readonly Permission[]> {
  if (isBuiltIn(role)) return builtInRoles[role].permissions
  const [own] = await db
    .select({ permissions: adminRoles.permissions })
    .from(adminRoles)
    .where(eq(adminRoles.id, ownRoleId(role)))
  return (own?.permissions ?? []) as Permission[]
}

export const ownRole = (roleId: number): string => `own/${roleId}`
export const ownRoleId = (role: string): number => Number(role.slice('own/'.length))

/** The name of a role; `names` has those of the shop's own. */
export const roleText = (role: string, names: ReadonlyMap<number, string>): string =>
  isBuiltIn(role) ? builtInRoles[role].text : (names.get(ownRoleId(role)) ?? '')
