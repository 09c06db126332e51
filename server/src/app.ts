import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path, { extname } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import jwt from '@fastify/jwt'
import rateLimit from '@fastify/rate-limit'
import staticFiles from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { Refusal } from '@pointbook/shared/refusals'
import { Ajv } from 'ajv'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { type Book, openBook } from './book/book.ts'
import { partnerOf } from './features/open/identify.ts'
import { adminOf, clerkOf } from './features/staff/identify.ts'
import { jobs, outboxHandlers, registerRoutes } from './features.ts'
import type { House, Outside } from './outside.ts'
import { places } from './places.ts'
import { admission } from './platform/admission.ts'
import { handleErrors } from './platform/errors.ts'
import { healthRoutes } from './platform/health.ts'
import { handler } from './platform/http.ts'
import { type Outbox, openOutbox } from './platform/outbox.ts'
import type { Job } from './platform/schedule.ts'
import { memberOf } from './platform/session/member-session.ts'
import { signingGuide } from './platform/signature.ts'

const BODY_LIMIT_BYTES = 2_200_000
const REQUEST_TIMEOUT_MS = 15_000
const CLOSE_WITHIN_MS = 5_000

export interface App {
  http: FastifyInstance
  house: House
  outbox: Outbox
  jobs: Job[]
  /** Stops taking requests, answers those under way, finishes the book and the outbox. Leaves the outside world open. */
  close(): Promise<void>
}

/** The whole server over a given outside world; the process and the tests use this same one. */
export async function buildApp(outside: Outside): Promise<App> {
  let outbox: Outbox | null = null
  const book = bookOver(outside, () => outbox?.nudge())
  const house: House = { ...outside, book }
  const http = Fastify({
    loggerInstance: outside.log,
    // An address may hold a phone number that was searched for.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: outside.env.mode === 'production',
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 100 },
  })
  admission(http)
  handleErrors(http)
  validateInput(http)
  await plugins(http, outside)
  http.decorateRequest('caller', null)
  const identify = {
    public: () => null,
    member: memberOf,
    clerk: clerkOf(house),
    admin: adminOf(house),
    partner: partnerOf(house),
  }
  const opened = openOutbox({ db: house.db, now: house.clock.now, handlers: outboxHandlers(house), log: house.log })
  outbox = opened
  healthRoutes(http, house.databases.pool)
  registerRoutes(handler(http, identify), house, http)
  await http.ready()
  return {
    http,
    house,
    outbox: opened,
    jobs: jobs(house),
    close: async () => {
      // Whoever keeps a connection open without asking anything must not keep the shop from closing.
      const patience = setTimeout(() => http.server.closeAllConnections(), CLOSE_WITHIN_MS)
      await http.close()
      clearTimeout(patience)
      await opened.close()
      await book.close()
    },
  }
}

function bookOver({ databases, env, offsetMinutes, clock, chance, log }: Outside, committed: () => void): Book {
  return openBook({
    pool: databases.bookPool,
    sealSecret: env.secrets.sealSecret,
    offsetMinutes,
    now: clock.now,
    chance,
    committed,
    log,
  })
}

// What arrives in a body has the type it says or is refused; what stands in an address is text, so numbers are read from it.
function validateInput(http: FastifyInstance) {
  const options = { allErrors: false, useDefaults: true, removeAdditional: false } as const
  const strict = new Ajv({ ...options, coerceTypes: false, strict: false })
  const reading = new Ajv({ ...options, coerceTypes: true, strict: false })
  http.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : reading).compile(schema as object),
  )
}

async function plugins(http: FastifyInstance, { env, files }: Outside) {
  await http.register(helmet, {
    contentSecurityPolicy: { directives: contentPolicy(env.mode === 'production', env.sandboxPort) },
    hsts: env.mode === 'production',
  })
  await http.register(cookie)
  await http.register(jwt, { secret: env.secrets.jwtSecret })
  // Only where guessing pays: a shop's clerks may all come from one address, and overload is another matter.
  await http.register(rateLimit, { global: false })
  await http.register(swagger, {
    openapi: {
      info: {
        title: 'Pointbook',
        version: '1',
        description: 'Every operation of the mini-program, the till, the panel and the open API.',
      },
      tags: [{ name: 'partner', description: signingGuide }],
    },
  })
  await http.register(swaggerUi, { routePrefix: '/docs' })
  mkdirSync(files.folder, { recursive: true })
  await http.register(staticFiles, { root: files.folder, prefix: '/files/', immutable: true, maxAge: '365d' })
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
