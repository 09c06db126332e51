import type { AuditAction } from '@pointbook/shared/audit-actions'
import { builtInRoles } from '@pointbook/shared/permissions'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, count, eq, inArray } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import { hashPassword, inTurn } from '../../../platform/passwords.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import { endAdminSessions } from '../../../platform/session/admin-session.ts'
import { saveSetting } from '../../../platform/settings.ts'
import type { Server } from '../../../server.ts'
import { stores } from '../stores/tables.ts'
import { type AdminRow, DEMANDED, type Demanded, ownRoleId, readDemanded, roleText } from './identify.ts'
import { oneTimePassword, oneTimeUntil } from './one-time.ts'
import { resetAdmin } from './reset.ts'
import { lockAdmin, readRoleNames } from './store.ts'
import { adminRoles, admins } from './tables.ts'

type Fields = Pick<AdminRow, 'name' | 'role' | 'storeIds'>

/** The owner's operations on accounts. */
export function manageAccountRoutes(handle: Handle, server: Server) {
  const { db, env, clock } = server

  handle('GET /admin/accounts', async () => {
    const [rows, names] = await Promise.all([
      db.select().from(admins).orderBy(asc(admins.name), asc(admins.login)),
      readRoleNames(db),
    ])
    return { rows: rows.map((admin) => accountView(admin, names)), demanded: await readDemanded(db) }
  })

  handle('POST /admin/accounts', async ({ input: { login, requestId, ...fields }, caller }) => {
    const { name, role, storeIds } = fieldsOf(fields)
    const password = oneTimePassword(env.secrets.dataSecret, login, requestId)
    const passwordHash = await inTurn(() => hashPassword(password))
    const [at, actor] = [clock.now(), adminRef(caller.login)]
    const request = { name: 'accounts.add', requestId, input: { login, name, role, storeIds }, at }
    const until = oneTimeUntil()
    const { endsAt } = await once(db, request, async (tx) => {
      await requireKnown(tx, { role, storeIds })
      if (await lockAdmin(tx, login)) throw new Refusal('account.taken', { login })
      await tx.insert(admins).values({ login, name, role, storeIds, passwordHash, oneTimeUntil: until })
      const text = `新增后台账号「${name}」（${login}）`
      const detail = { before: null, after: { role, storeIds } }
      await record(tx, at, { actor, action: 'account.add', subject: adminRef(login), text, detail })
      return { endsAt: until }
    })
    return { login, password, endsAt }
  })

  handle('PATCH /admin/accounts/:login', async ({ input: { login, revision, active, ...fields }, caller }) => {
    const wanted = { ...fieldsOf(fields), active }
    await inTransaction(db, async (tx) => {
      const owners = await lockOwners(tx)
      const admin = await lockAdmin(tx, login)
      if (!admin) throw new Refusal('account.unknown')
      const before = editable(admin)
      requireRevision(revision, before, wanted)
      const detail = differences(before, wanted)
      if (!detail) return
      const isDemoted = before.active && before.role === 'owner' && !(active && wanted.role === 'owner')
      if (isDemoted && owners.every((owner) => owner === login)) throw new Refusal('account.last-owner')
      if (login === caller.login && (!active || wanted.role !== before.role)) throw new Refusal('account.own')
      await requireKnown(tx, wanted)
      await tx.update(admins).set(wanted).where(eq(admins.login, login))
      if (!active) await endAdminSessions(tx, login)
      await record(tx, clock.now(), { ...changed(caller.login, login, before, wanted), detail })
    })
    return { revision: revisionOf(wanted) }
  })

  handle('POST /admin/accounts/:login/reset', async ({ input: { login, requestId }, caller }) => {
    if (login === caller.login) throw new Refusal('account.own')
    const password = oneTimePassword(env.secrets.dataSecret, login, requestId)
    const passwordHash = await inTurn(() => hashPassword(password))
    const at = clock.now()
    const until = oneTimeUntil()
    const request = { name: 'accounts.reset', requestId, input: { login }, at }
    const { endsAt } = await once(db, request, async (tx) => {
      const admin = await lockAdmin(tx, login)
      if (!admin) throw new Refusal('account.unknown')
      if (!admin.active) throw new Refusal('account.inactive')
      await resetAdmin(tx, {
        admin,
        passwordHash,
        oneTimeUntil: until,
        actor: adminRef(caller.login),
        by: caller.name,
        at,
      })
      return { endsAt: until }
    })
    return { login, password, endsAt }
  })

  handle('PUT /admin/accounts-rule', async ({ input: { demanded }, caller }) => {
    if (demanded !== 'nobody' && !caller.secondFactor) throw new Refusal('second-factor.own-first')
    const [at, actor] = [clock.now(), adminRef(caller.login)]
    await inTransaction(db, async (tx) => {
      await saveSetting(tx, DEMANDED, demanded, at, actor)
      const text = demandedTexts[demanded]
      await record(tx, at, { actor, action: 'account.rule', subject: 'settings', text })
    })
    return { done: true }
  })
}

const demandedTexts: Record<Demanded, string> = {
  nobody: '不再要求两步验证',
  'owner-finance': '要求店主和财务使用两步验证',
  everybody: '要求所有人使用两步验证',
}

const fieldsOf = ({ name, role, storeIds }: Fields): Fields => ({
  name,
  role,
  storeIds: storeIds && [...new Set(storeIds)].sort((a, b) => a - b),
})

const editable = ({ name, role, storeIds, active }: AdminRow) => ({ name, role, storeIds, active })

const accountView = (admin: AdminRow, names: ReadonlyMap<number, string>) => ({
  login: admin.login,
  ...editable(admin),
  roleText: roleText(admin.role, names),
  secondFactor: admin.totpSealed !== null,
  invited: admin.oneTimeUntil !== null,
  lastLogInAt: admin.lastLogInAt,
  revision: revisionOf(editable(admin)),
})

/** The owners who can log in, locked, so that two of them cannot stop each other at the same time. */
async function lockOwners(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .select({ login: admins.login })
    .from(admins)
    .where(and(eq(admins.role, 'owner'), eq(admins.active, true)))
    .orderBy(admins.login)
    .for('update')
  return rows.map(({ login }) => login)
}

/** Throws `account.owner-confined`, for a confined owner could not manage accounts; `role.unknown` or `store.unknown`. */
async function requireKnown(tx: Transaction, { role, storeIds }: Pick<Fields, 'role' | 'storeIds'>): Promise<void> {
  if (role === 'owner' && storeIds) throw new Refusal('account.owner-confined')
  if (!(role in builtInRoles)) {
    const [own] = await tx
      .select({ id: adminRoles.id })
      .from(adminRoles)
      .where(eq(adminRoles.id, ownRoleId(role)))
      .for('update')
    if (!own) throw new Refusal('role.unknown')
  }
  if (!storeIds) return
  const [row] = await tx.select({ known: count() }).from(stores).where(inArray(stores.id, storeIds))
  if (row?.known !== storeIds.length) throw new Refusal('store.unknown')
}

function changed(by: string, login: string, before: { active: boolean }, after: { name: string; active: boolean }) {
  const verb = before.active === after.active ? '修改' : after.active ? '启用' : '停用'
  const action: AuditAction = before.active && !after.active ? 'account.stop' : 'account.change'
  return { actor: adminRef(by), action, subject: adminRef(login), text: `${verb}后台账号「${after.name}」（${login}）` }
}
