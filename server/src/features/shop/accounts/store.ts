import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { adminRoles, admins } from './tables.ts'

export async function readAdmin(db: Database | Transaction, login: string) {
  const [admin] = await db.select().from(admins).where(eq(admins.login, login))
  return admin
}

/** Locked until the transaction ends. */
export async function lockAdmin(tx: Transaction, login: string) {
  const [admin] = await tx.select().from(admins).where(eq(admins.login, login)).for('update')
  return admin
}

/** The names of the shop's own roles. */
export async function readRoleNames(db: Database): Promise<Map<number, string>> {
  const rows = await db.select({ id: adminRoles.id, name: adminRoles.name }).from(adminRoles)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
