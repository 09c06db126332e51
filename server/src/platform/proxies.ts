import type { Env } from '@pointbook/config/env'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Fastify's `trustProxy`. It does not accept a plain number of proxies, so hops are counted here. */
export const trustOf = (proxies: Env['trustedProxies']) =>
  typeof proxies === 'number' ? proxies > 0 && ((_address: string, hop: number) => hop < proxies) : proxies

/** Warns once when requests come through a proxy that is not in the settings: limits then count all its visitors as one. */
export function warnOfProxy(http: FastifyInstance) {
  let warned = false
  http.addHook('onRequest', (request, _reply, done) => {
    if (!warned && request.headers['x-forwarded-for']) {
      warned = true
      request.log.warn('requests come through a proxy: name it in TRUSTED_PROXIES, or all visitors share one limit')
    }
    done()
  })
}

/** The key that counts a caller without a session: the IPv4 address, or the /64 network of an IPv6 subscriber. */
export function addressOf({ ip }: FastifyRequest): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped || !ip.includes(':')) return mapped ?? ip
  const [before, after] = ip.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = after ? Array(Math.max(0, 8 - before!.length - after.length)).fill('0') : []
  const groups = [...before!, ...zeros, ...(after ?? [])].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
