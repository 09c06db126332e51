import { connect, type Socket } from 'node:net'

/** How to reach a database: what the driver's own options take. */
export interface Route {
  uri: string
  stream?: () => Socket
}

const routes = new Map<string, Route>()

/**
 * The way to the database that an address names. `?standby=host:port,host:port` names further nodes of the same cluster: all
 * connections go to one node, and whoever finds it gone moves all of us on to the next.
 */
export function routeTo(url: string): Route {
  const known = routes.get(url) ?? newRoute(url)
  routes.set(url, known)
  return known
}

function newRoute(url: string): Route {
  const address = new URL(url)
  const standby = address.searchParams.get('standby')
  if (!standby) return { uri: url }
  address.searchParams.delete('standby')
  const nodes = [address.host, ...standby.split(',')].map((host) => new URL(`mysql://${host}`))
  let current = 0
  return {
    uri: address.href,
    stream: () => {
      const mine = current
      const { hostname, port } = nodes[mine % nodes.length]!
      const socket = connect({ host: hostname, port: Number(port || 3306), noDelay: true, keepAlive: true })
      const moveOn = () => {
        if (current === mine) current++
      }
      socket.once('end', moveOn).once('error', moveOn)
      // One that we have ended ourselves says nothing about its node; one that had to be destroyed does.
      return socket.once('close', () => socket.writableEnded || moveOn())
    },
  }
}
