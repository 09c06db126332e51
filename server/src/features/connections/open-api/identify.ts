import { addMs, type Instant, instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../platform/database/pool.ts'
import type { PartnerCaller } from '../../../platform/http.ts'
import { isSignature } from '../../../platform/signature.ts'
import type { Outside } from '../../../server.ts'
import { apiKeys, apiNonces } from './tables.ts'

const WINDOW_MS = 5 * 60_000
const USED_EVERY_MS = 60_000

/**
 * The active key that a request names, if its time is within five minutes. `request.proveBody` then verifies the signature and
 * that the request is new.
 */
export const partnerOf =
  ({ db, keys }: Outside) =>
  async (request: FastifyRequest): Promise<PartnerCaller> => {
    const { keyId, timestamp, nonce, signature } = headersOf(request)
    const nowMs = Date.now()
    if (Math.abs(Number(timestamp) * 1_000 - nowMs) > WINDOW_MS) throw new Refusal('signature.outdated')
    const [key] = await db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.keyId, keyId), isNull(apiKeys.revokedAt)))
    if (!key) throw new Refusal('api-key.unknown')
    request.proveBody = async (body) => {
      const signed = { method: request.method, path: request.url, timestamp, nonce, body }
      if (!isSignature(keys.open(key.secretSealed), signed, signature)) throw new Refusal('signature.wrong')
      await useOnce(db, key, nonce, instant(new Date(nowMs)))
    }
    return { apiKeyId: key.id, system: key.system, storeIds: key.storeIds, perMinute: key.perMinute }
  }

async function useOnce(db: Database, key: typeof apiKeys.$inferSelect, nonce: string, now: Instant): Promise<void> {
  const [{ affectedRows }] = await db.insert(apiNonces).ignore().values({ apiKeyId: key.id, nonce, seenAt: now })
  if (affectedRows === 0) throw new Refusal('signature.repeated')
  // To the minute is exact enough, and spares the row.
  if (!key.lastUsedAt || key.lastUsedAt < addMs(now, -USED_EVERY_MS))
    await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, key.id))
}

function headersOf({ headers }: FastifyRequest) {
  const one = (name: string, pattern: RegExp) => {
    const value = headers[`x-pointbook-${name}`]
    if (typeof value !== 'string' || !pattern.test(value)) throw new Refusal('signature.missing')
    return value
  }
  return {
    keyId: one('key', /^[A-Za-z0-9_-]{1,24}$/),
    timestamp: one('timestamp', /^\d{1,12}$/),
    nonce: one('nonce', /^[A-Za-z0-9_-]{16,64}$/),
    signature: one('signature', /^[0-9a-f]{64}$/),
  }
}

/** Forgets nonces whose requests have long been outdated. */
export async function sweepNonces(db: Database): Promise<void> {
  await db.delete(apiNonces).where(lt(apiNonces.seenAt, instant(new Date(Date.now() - 3 * WINDOW_MS))))
}
