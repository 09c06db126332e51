import type { Env } from '@pointbook/config/env'
import { addMs, instant } from '@pointbook/shared/day'
import { and, eq, gte, lt, ne } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Transaction } from '../database/pool.ts'
import { newToken, sha256 } from '../secrets.ts'
import { cookieName, cookieRules } from './panel-cookies.ts'
import { adminDevices } from './tables.ts'

// OWASP, "Slow Down Online Guessing Attacks with Device Cookies": a browser that has logged in to an account keeps a token, by which
// its failures are told from those of strangers. The token opens nothing by itself.
const KNOWN_MS = 180 * 86_400_000
const DEVICE = 'pointbook_device'

/** The device of a request, if somebody logged in to the account with it before and it has not been forgotten; its id. */
export async function knownDevice(
  db: Database | Transaction,
  env: Env,
  request: FastifyRequest,
  login: string,
): Promise<number | null> {
  const token = request.cookies[cookieName(env, DEVICE)]
  if (!token) return null
  const [row] = await db
    .select({ id: adminDevices.id })
    .from(adminDevices)
    .where(
      and(
        eq(adminDevices.login, login),
        eq(adminDevices.tokenHash, sha256(token)),
        gte(adminDevices.endsAt, instant(new Date())),
      ),
    )
  return row?.id ?? null
}

/**
 * Notes that the account was used with the device of a request; `deviceId` as `knownDevice` gave it. The browser gets a new token, so
 * that one planted there before is worth nothing. Returns the id of the device.
 */
export async function noteDevice(
  tx: Transaction,
  env: Env,
  {
    request,
    reply,
    login,
    deviceId,
  }: { request: FastifyRequest; reply: FastifyReply; login: string; deviceId: number | null },
): Promise<number> {
  const [token, before, now] = [newToken(), request.cookies[cookieName(env, DEVICE)], instant(new Date())]
  const [tokenHash, endsAt] = [sha256(token), addMs(now, KNOWN_MS)]
  reply.setCookie(cookieName(env, DEVICE), token, { ...cookieRules(env), maxAge: KNOWN_MS / 1000 })
  // Another account's users of the same browser stay known.
  if (before)
    await tx
      .update(adminDevices)
      .set({ tokenHash })
      .where(eq(adminDevices.tokenHash, sha256(before)))
  if (deviceId !== null) {
    const [{ affectedRows }] = await tx
      .update(adminDevices)
      .set({ tokenHash, endsAt })
      .where(eq(adminDevices.id, deviceId))
    if (affectedRows === 1) return deviceId
  }
  const [{ insertId }] = await tx.insert(adminDevices).values({ login, tokenHash, endsAt })
  return insertId
}

/** Forgets the devices of an account, all or all but one. */
export async function forgetDevices(tx: Transaction, login: string, but: number | null = null): Promise<void> {
  const mine = eq(adminDevices.login, login)
  await tx.delete(adminDevices).where(but === null ? mine : and(mine, ne(adminDevices.id, but)))
}

export async function forgetDevice(tx: Transaction, deviceId: number): Promise<void> {
  await tx.delete(adminDevices).where(eq(adminDevices.id, deviceId))
}

export async function sweepDevices(db: Database): Promise<void> {
  await db.delete(adminDevices).where(lt(adminDevices.endsAt, instant(new Date())))
}
