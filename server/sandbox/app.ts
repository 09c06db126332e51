import { fileURLToPath } from 'node:url'
import compress from '@fastify/compress'
import serveFiles from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { registerEndpoints } from './api.ts'
import { controlRoutes } from './control-routes.ts'
import { codeToSession, phoneNumber } from './login.ts'
import { rememberIn } from './memory.ts'
import { phoneRoutes } from './phone-routes.ts'
import { programCode } from './program-code.ts'
import { sendMessage } from './subscribe.ts'
import { stableToken } from './tokens.ts'
import type { SandboxSettings } from './types.ts'
import { createWorld } from './world.ts'

/**
 * A local WeChat: the answers of api.weixin.qq.com, the behaviour of a phone, and a page that shows the phone. Everything is in
 * memory; with a `stateFile` people and messages survive the process.
 */
export async function buildSandbox(settings: SandboxSettings): Promise<FastifyInstance> {
  const world = createWorld(settings)
  if (settings.stateFile) rememberIn(world, settings.stateFile)

  const app = Fastify({ forceCloseConnections: true })
  allowNeighbours(app)
  app.addHook('onClose', async () => {
    world.closed = true
  })

  await app.register(async (api) => {
    registerEndpoints(api, world, [codeToSession, stableToken, phoneNumber, programCode, sendMessage])
  })
  phoneRoutes(app, world)
  controlRoutes(app, world)
  app.get('/healthz', async () => ({ up: true }))
  await app.register(servePage)
  return app
}

async function servePage(app: FastifyInstance): Promise<void> {
  await app.register(compress, { encodings: ['gzip'] })
  await app.register(serveFiles, {
    root: fileURLToPath(new URL('./page/', import.meta.url)),
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  })
}

/** The preview is served from another port of the same machine, and only it may read answers here. */
function allowNeighbours(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (!origin || !isNeighbour(origin, request.hostname)) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-allow-headers', 'content-type')
    reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE')
    reply.header('vary', 'origin')
    if (request.method === 'OPTIONS') return reply.code(204).send()
  })
  app.options('/*', async (_request, reply) => reply.code(204).send())
}

function isNeighbour(origin: string, ownHost: string): boolean {
  if (!URL.canParse(origin)) return false
  return ['localhost', '127.0.0.1', '[::1]', ownHost].includes(new URL(origin).hostname)
}
