import type { AuditAction } from '@pointbook/shared/audit-actions'
import type { Endpoint } from '@pointbook/shared/contract/http'
import { contract } from '@pointbook/shared/contract/index'
import { builtInRoles, grantable, type Permission, permissionText } from '@pointbook/shared/permissions'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { asc, count, eq } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import { isDuplicate } from '../../../platform/database/failures.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { ownRole } from './identify.ts'
import { adminRoles, admins } from './tables.ts'

interface RoleFields {
  name: string
  permissions: string[]
}

/** Roles of the shop's own. */
export function roleRoutes(handle: Handle, { db, clock }: Server) {
  handle('GET /admin/roles', async () => {
    const [own, holders] = await Promise.all([
      db.select().from(adminRoles).orderBy(asc(adminRoles.id)),
      db.select({ role: admins.role, accounts: count() }).from(admins).groupBy(admins.role),
    ])
    const holdersOf = (roleId: number) => holders.find(({ role }) => role === ownRole(roleId))?.accounts ?? 0
    return {
      permissions: grantable.map((permission) => ({
        permission,
        text: permissionText(permission),
        confined: isForConfined(permission),
      })),
      builtIn: Object.entries(builtInRoles).map(([role, { text, hint, permissions }]) => ({
        role,
        text,
        hint,
        permissions: [...permissions],
      })),
      own: own.map(({ id, name, permissions }) => ({
        roleId: id,
        name,
        permissions,
        accounts: holdersOf(id),
        revision: revisionOf({ name, permissions }),
      })),
    }
  })

  handle('POST /admin/roles', async ({ input: { requestId, name, permissions }, caller: { login } }) => {
    const fields = { name, permissions: inOrder(permissions) }
    const at = clock.now()
    const request = { name: 'roles.add', requestId, input: fields, at }
    return once(db, request, async (tx) => {
      const [{ insertId }] = await named(name, () => tx.insert(adminRoles).values(fields))
      const detail = { before: null, after: fields }
      await record(tx, at, { ...act(login, 'role.add', `新增角色「${name}」`), detail })
      return { roleId: insertId }
    })
  })

  handle(
    'PATCH /admin/roles/:roleId',
    async ({ input: { roleId, revision, name, permissions }, caller: { login } }) => {
      const wanted = { name, permissions: inOrder(permissions) }
      await inTransaction(db, async (tx) => {
        const before = await lockRole(tx, roleId)
        requireRevision(revision, before, wanted)
        const detail = differences(before, wanted)
        if (!detail) return
        await named(name, () => tx.update(adminRoles).set(wanted).where(eq(adminRoles.id, roleId)))
        await record(tx, clock.now(), { ...act(login, 'role.change', `修改角色「${name}」`), detail })
      })
      return { revision: revisionOf(wanted) }
    },
  )

  handle('DELETE /admin/roles/:roleId', async ({ input: { roleId }, caller: { login } }) => {
    await inTransaction(db, async (tx) => {
      const before = await lockRole(tx, roleId)
      const [holders] = await tx
        .select({ accounts: count() })
        .from(admins)
        .where(eq(admins.role, ownRole(roleId)))
      if (holders?.accounts) throw new Refusal('role.in-use', { accounts: holders.accounts })
      await tx.delete(adminRoles).where(eq(adminRoles.id, roleId))
      const detail = { before, after: null }
      await record(tx, clock.now(), { ...act(login, 'role.remove', `删除角色「${before.name}」`), detail })
    })
    return { done: true }
  })
}

/** Whether an operation that the permission allows serves accounts confined to stores. */
const isForConfined = (permission: Permission): boolean =>
  Object.values<Endpoint>(contract).some(
    (endpoint) => endpoint.for === 'admin' && endpoint.permission === permission && endpoint.confined,
  )

/** Each once, in the order of the list. */
const inOrder = (wanted: readonly Permission[]): Permission[] =>
  grantable.filter((permission) => wanted.includes(permission))

async function lockRole(tx: Transaction, roleId: number): Promise<RoleFields> {
  const [role] = await tx.select().from(adminRoles).where(eq(adminRoles.id, roleId)).for('update')
  if (!role) throw new Refusal('role.unknown')
  return { name: role.name, permissions: role.permissions }
}

/** Names of roles are unique, those that every shop has included. */
async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  if (Object.values(builtInRoles).some(({ text }) => text === name)) throw new Refusal('role.taken', { name })
  return write().catch((error: unknown) => {
    throw isDuplicate(error) ? new Refusal('role.taken', { name }) : error
  })
}

const act = (login: string, action: AuditAction, text: string) => ({
  actor: adminRef(login),
  action,
  subject: 'admin' as const,
  text,
})
