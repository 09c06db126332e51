import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path, { extname } from 'node:path'
import helmet from '@fastify/helmet'
import staticFiles from '@fastify/static'
import swaggerUi from '@fastify/swagger-ui'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import type { Outside } from './outside.ts'
import { places } from './places.ts'
import { adminLoginOf } from './platform/session/admin-session.ts'

/**
 * What a browser shows: the panel, the preview of the mini-program, the API reference and the pictures. Their headers tell it what
 * such a page may load, in place of those of the API, which let it load nothing.
 */
export async function pages(http: FastifyInstance, { env, db, files }: Outside) {
  await http.register(helmet, {
    contentSecurityPolicy: { directives: contentPolicy(env.mode === 'production', env.sandboxPort) },
    hsts: env.mode === 'production',
  })
  await http.register(async (scope) => {
    // Where the API is in use, its reference is for whoever is logged in to the panel.
    if (env.mode === 'production')
      scope.addHook('onRequest', async (request) => void (await adminLoginOf(db, env, request)))
    await scope.register(swaggerUi, { routePrefix: '/docs' })
  })
  mkdirSync(files.folder, { recursive: true })
  await http.register(staticFiles, {
    root: files.folder,
    prefix: '/files/',
    immutable: true,
    maxAge: '365d',
    dotfiles: 'ignore',
    // Pictures are public: a page of another site that shows the shop's goods may load them.
    setHeaders: (reply) => reply.header('cross-origin-resource-policy', 'cross-origin'),
  })
  if (existsSync(places.panel)) await servePage(http, '/panel', places.panel)
  if (existsSync(places.preview) && env.mode !== 'production') await servePage(http, '/m', places.preview)
}

function contentPolicy(production: boolean, sandboxPort: number) {
  // The browser preview of the mini-program speaks with the sandbox, which only a demo has.
  const sandbox = production ? [] : [`http://localhost:${sandboxPort}`, `http://127.0.0.1:${sandboxPort}`]
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", ...inlineScripts(places.preview)],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:', ...sandbox],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'", ...sandbox],
    upgradeInsecureRequests: null,
  }
}

/** A built single-page app: its files, and its start page for addresses it makes up itself. */
async function servePage(http: FastifyInstance, prefix: string, root: string) {
  http.get(prefix, (_request, reply) => reply.redirect(`${prefix}/`))
  await http.register(
    async (scope) => {
      await scope.register(staticFiles, { root, decorateReply: false })
      scope.setNotFoundHandler((request, reply) => {
        if (extname(request.url.split('?')[0]!)) throw new Refusal('route.unknown')
        return reply.sendFile('index.html', root)
      })
    },
    { prefix },
  )
}

/** The scripts that stand in a page itself, as the content policy names them. */
function inlineScripts(root: string): string[] {
  const page = path.join(root, 'index.html')
  if (!existsSync(page)) return []
  const scripts = readFileSync(page, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)
  return [...scripts].map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`)
}
