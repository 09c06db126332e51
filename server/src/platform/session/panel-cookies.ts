import type { Env } from '@pointbook/config/env'

const isHttps = ({ publicUrl }: Env) => publicUrl.startsWith('https:')

/** A browser keeps a `__Host-` cookie only over TLS, for this very host, and takes none of that name from a sub-domain. */
export const cookieName = (env: Env, name: string): string => (isHttps(env) ? `__Host-${name}` : name)

/** No script reads the panel's cookies, and no other site sends them. */
export const cookieRules = (env: Env) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps(env) }) as const
