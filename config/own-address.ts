import { isIPv6 } from 'node:net'

// A server that listens on every address is reached at localhost.
const EVERY_ADDRESS = /^(0\.0\.0\.0|[0:]+)$/

/** Where this machine itself reaches the server. */
export function ownAddress({ host, port }: { host: string; port: number }): string {
  if (EVERY_ADDRESS.test(host)) return `http://localhost:${port}`
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}
