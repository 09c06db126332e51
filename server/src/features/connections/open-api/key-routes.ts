import { randomBytes } from 'node:crypto'
import { adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Job } from '../../../platform/schedule.ts'
import { newToken } from '../../../platform/secrets.ts'
import { newestFirst } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { stores } from '../../shop/stores/tables.ts'
import { sweepNonces } from './identify.ts'
import { apiKeys } from './tables.ts'

export function apiKeyRoutes(handle: Handle, { db, keys, clock }: Server) {
  handle('GET /admin/api-keys', async () => {
    const rows = await db
      .select()
      .from(apiKeys)
      .orderBy(...newestFirst(apiKeys.madeAt, apiKeys.id))
    return { rows: rows.map(({ id, secretSealed: _, ...key }) => ({ apiKeyId: id, ...key })) }
  })

  handle('POST /admin/api-keys', async ({ input, caller: { login } }) => {
    const { name, system = name, storeIds, perMinute, requestId } = input
    const wanted = [...new Set(storeIds)]
    const known = await db.select({ name: stores.name }).from(stores).where(inArray(stores.id, wanted))
    if (known.length < wanted.length) throw new Refusal('store.unknown')
    const [freshId, actor, now] = [`pb${randomBytes(8).toString('hex')}`, adminRef(login), clock.now()]
    const secretSealed = keys.seal(newToken())
    const key = { keyId: freshId, name, system, secretSealed, storeIds: wanted, perMinute, madeAt: now, madeBy: actor }
    const text = `新建开放接口密钥「${key.name}」：${known.map((store) => store.name).join('、')}`
    const request = { name: 'api-keys.add', requestId, input: { name, system, storeIds: wanted, perMinute }, at: now }
    const { keyId } = await once(db, request, async (tx) => {
      const [{ insertId }] = await tx.insert(apiKeys).values(key)
      await record(tx, now, { actor, action: 'api-key.create', subject: subjectRef('api-key', insertId), text })
      return { keyId: freshId }
    })
    // Decrypted from the table, so that the answer stored for repeated requests contains no secret.
    const [made] = await db.select({ sealed: apiKeys.secretSealed }).from(apiKeys).where(eq(apiKeys.keyId, keyId))
    return { keyId, secret: keys.open(made!.sealed) }
  })

  handle('POST /admin/api-keys/:apiKeyId/revocation', async ({ input: { apiKeyId }, caller: { login } }) => {
    const [key] = await db.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.id, apiKeyId))
    if (!key) throw new Refusal('api-key.unknown')
    const [now, actor, subject] = [clock.now(), adminRef(login), subjectRef('api-key', apiKeyId)]
    await inTransaction(db, async (tx) => {
      const inUse = and(eq(apiKeys.id, apiKeyId), isNull(apiKeys.revokedAt))
      const [{ affectedRows }] = await tx.update(apiKeys).set({ revokedAt: now }).where(inUse)
      const line = { actor, action: 'api-key.revoke', subject, text: `停用开放接口密钥「${key.name}」` } as const
      if (affectedRows > 0) await record(tx, now, line)
    })
    return { done: true }
  })
}

export const openJobs = ({ db }: Server): Job[] => [
  { name: 'sweep-nonces', pattern: '35 * * * *', run: () => sweepNonces(db) },
]
