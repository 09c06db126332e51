import type { FastifyInstance } from 'fastify'

interface Known {
  path: RegExp
  methods: Set<string>
}

/** Says which methods the path of an address is known with; none for an unknown path. Listens from now on to the routes that are made. */
export function knownMethods(http: FastifyInstance): (address: string) => string[] {
  const routes = new Map<string, Known>()
  http.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { path: patternOf(url), methods: new Set() }
    for (const each of [method].flat()) route.methods.add(each)
    routes.set(url, route)
  })
  return (address) => {
    const [path = ''] = address.split('?')
    const matching = [...routes.values()].filter((route) => route.path.test(path))
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort()
  }
}

/** A route's path with its parameters (`:name`) and wildcard (`*`) as a pattern. */
function patternOf(url: string): RegExp {
  const parts = url.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}
