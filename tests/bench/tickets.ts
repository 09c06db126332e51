import { createHmac } from 'node:crypto'

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const HEADER = base64url({ alg: 'HS256', typ: 'JWT' })

/** A token as the server would issue it, good for an hour. */
export function ticket(secret: string, claims: object): string {
  const now = Math.floor(Date.now() / 1000)
  const body = `${HEADER}.${base64url({ ...claims, iat: now, exp: now + 3600 })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

export const BENCH_FAMILY = 'bench'

export const access = (secret: string, memberId: number): string =>
  ticket(secret, { kind: 'access', memberId, familyId: BENCH_FAMILY })
