import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path, { extname } from 'node:path'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import staticFiles from '@fastify/static'
import swaggerUi from '@fastify/swagger-ui'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { places } from './places.ts'
import { adminSessionOf } from './platform/session/admin-session.ts'
import type { Outside } from './server.ts'

const YEAR_SECONDS = 31_536_000
const FOREVER = `public, max-age=${YEAR_SECONDS}, immutable`
// Folders of the panel's and the preview's build in which every name carries a hash of its content.
const HASHED = ['assets', 'js', 'css']

/** What a browser shows: the panel, the preview of the mini-program, the API reference and the pictures. */
export async function pages(http: FastifyInstance, { env, db, files }: Outside) {
  mkdirSync(files.folder, { recursive: true })
  await http.register(staticFiles, {
    root: files.folder,
    prefix: '/files/',
    immutable: true,
    maxAge: '365d',
    dotfiles: 'ignore',
    decorateReply: false,
    // Pictures are public: a page of another site that shows the shop's goods may load them.
    setHeaders: (reply) => reply.header('cross-origin-resource-policy', 'cross-origin'),
  })
  await http.register(async (scope) => {
    // What these pages may load, in place of the policy of all other answers, which lets nothing load.
    await scope.register(helmet, {
      contentSecurityPolicy: { directives: contentPolicy(env.mode === 'production', env.sandboxPort) },
      hsts: env.mode === 'production',
    })
    await scope.register(reference, { env, db })
    if (existsSync(places.panel)) await servePage(scope, '/panel', places.panel)
    if (existsSync(places.preview) && env.mode !== 'production') await servePage(scope, '/m', places.preview)
  })
}

async function reference(http: FastifyInstance, { env, db }: Pick<Outside, 'env' | 'db'>) {
  // In production the API reference is only for logged-in users of the panel.
  if (env.mode === 'production')
    http.addHook('onRequest', async (request) => void (await adminSessionOf(db, env, request)))
  // The panel and the preview are compressed when they are built; the reference has no build.
  await http.register(compress, { encodings: ['gzip'] })
  await http.register(swaggerUi, { routePrefix: '/docs' })
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

/**
 * A built single-page app: its files, and its start page for addresses it makes up itself. The page is asked for anew each time,
 * since it names the files of one release, which are gone after the next.
 */
async function servePage(http: FastifyInstance, prefix: string, root: string) {
  http.get(prefix, { schema: { hide: true } }, (_request, reply) => reply.redirect(`${prefix}/`))
  await http.register(
    async (scope) => {
      await scope.register(staticFiles, {
        root,
        preCompressed: true,
        cacheControl: false,
        setHeaders: (reply, file) => reply.header('cache-control', isHashed(root, file) ? FOREVER : 'no-cache'),
      })
      scope.setNotFoundHandler((request, reply) => {
        if (extname(request.url.split('?')[0]!)) throw new Refusal('route.unknown')
        return reply.sendFile('index.html')
      })
    },
    { prefix },
  )
}

const isHashed = (root: string, file: string) => HASHED.includes(path.relative(root, file).split(path.sep)[0]!)

/** The scripts that stand in a page itself, as the content policy names them. */
function inlineScripts(root: string): string[] {
  const page = path.join(root, 'index.html')
  if (!existsSync(page)) return []
  const scripts = readFileSync(page, 'utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)
  return [...scripts].map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`)
}
