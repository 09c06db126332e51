import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { type Book, openBook } from './book/book.ts'
import { partnerOf } from './features/connections/open-api/identify.ts'
import { failedChecks } from './features/points/audit/audit.ts'
import { adminOf } from './features/shop/accounts/identify.ts'
import { lastBlock } from './features/shop/audit-log/seals.ts'
import { clerkOf } from './features/shop/staff/identify.ts'
import { jobs, outboxHandlers, registerRoutes } from './features.ts'
import { pages } from './pages.ts'
import { admission } from './platform/admission.ts'
import { readBackups } from './platform/backup/records.ts'
import { handleErrors, refuseAddress, refuseConnection } from './platform/errors.ts'
import { setHeaders } from './platform/headers.ts'
import { healthRoutes } from './platform/health.ts'
import { handler } from './platform/http.ts'
import { parseJsonBodies } from './platform/json-body.ts'
import { httpLimits, limits } from './platform/limits.ts'
import { timeAnswers } from './platform/metrics.ts'
import { metricsRoute } from './platform/metrics-route.ts'
import { type Outbox, openOutbox } from './platform/outbox.ts'
import { trustOf, warnOfProxy } from './platform/proxies.ts'
import { reference } from './platform/reference.ts'
import { watchRefusals } from './platform/refusals.ts'
import { logRefusedAccess } from './platform/refused-access.ts'
import type { Job } from './platform/schedule.ts'
import { compileSchemas } from './platform/schemas.ts'
import { memberOf } from './platform/session/member-session.ts'
import type { Outside, Server } from './server.ts'

const CLOSE_WITHIN_MS = 5_000

export interface App {
  http: FastifyInstance
  server: Server
  outbox: Outbox
  jobs: Job[]
  /** Compiles the schemas of policies at the start; otherwise the first request for a policy would block all others. */
  warmUp(): void
  /** Stops taking requests, answers those under way, finishes the book and the outbox. Leaves the outside world open. */
  close(): Promise<void>
}

/** The whole server with the given database, clock, files and WeChat. The process and the tests use the same one. */
export async function buildApp(outside: Outside): Promise<App> {
  const { env, metrics } = outside
  let outbox: Outbox | null = null
  const book = bookOver(outside, () => outbox?.nudge())
  const server: Server = { ...outside, book }
  const http = Fastify({
    loggerInstance: outside.log,
    // An address may contain a phone number that was searched for.
    logController: new LogController({ disableRequestLogging: true }),
    ...httpLimits,
    trustProxy: trustOf(env.trustedProxies),
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 100 },
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  })
  http.server.maxConnections = limits.connections
  if (env.mode === 'production' && !env.trustedProxies) warnOfProxy(http)
  const underWay = admission(http)
  timeAnswers(http, metrics)
  setHeaders(http, { isHttps: env.publicUrl.startsWith('https:') })
  // A counter that appears with its first failure shows no increase.
  metrics.refusals.inc({ code: 'server.failed' }, 0)
  const watch = watchRefusals(outside.env, outside.log)
  handleErrors(http, (request, code) => {
    metrics.refusals.inc({ code })
    logRefusedAccess(request, code)
    if (code !== 'server.failed') watch(request.routeOptions.config?.operation ?? null, code)
  })
  parseJsonBodies(http)
  const compileLarge = compileSchemas(http)
  await plugins(http, outside)
  await http.register(pages, outside)
  http.decorateRequest('caller', null)
  const identify = {
    public: () => null,
    member: memberOf(server.db),
    clerk: clerkOf(server),
    admin: adminOf(server),
    partner: partnerOf(server),
  }
  const opened = openOutbox({ db: server.db, now: server.clock.now, handlers: outboxHandlers(server), log: server.log })
  outbox = opened
  healthRoutes(http, server.databases.pool)
  if (env.metricsToken || env.mode !== 'production')
    metricsRoute(http, {
      metrics,
      token: env.metricsToken,
      underWay,
      outboxLag: opened.lag,
      failedChecks: () => failedChecks(server),
      logBlocks: () => lastBlock(server.db),
      dataFolder: outside.files.folder,
      backups: () => readBackups(server.db),
    })
  registerRoutes(handler(http, identify), server, http)
  await http.ready()
  return {
    http,
    server,
    outbox: opened,
    jobs: jobs(server),
    warmUp: compileLarge,
    close: async () => {
      // An idle open connection must not delay the stop of the server.
      const patience = setTimeout(() => http.server.closeAllConnections(), CLOSE_WITHIN_MS)
      await http.close()
      clearTimeout(patience)
      await opened.close()
      await book.close()
    },
  }
}

function bookOver({ databases, env, offsetMinutes, clock, chance, log, metrics }: Outside, messaged: () => void): Book {
  return openBook({
    pool: databases.bookPool,
    sealSecret: env.secrets.sealSecret,
    offsetMinutes,
    now: clock.now,
    chance,
    messaged,
    measured: ({ waitsMs, tookMs }) => {
      metrics.batchMoves.observe(waitsMs.length)
      metrics.commit.observe(tookMs / 1000)
      for (const waitMs of waitsMs) metrics.moveWait.observe(waitMs / 1000)
    },
    log,
  })
}

async function plugins(http: FastifyInstance, { env }: Outside) {
  await http.register(cookie)
  await http.register(jwt, { secret: env.secrets.jwtSecret })
  // Applies only to operations where guessing pays: all clerks of a shop may share one address. Overload is handled in
  // `admission.ts`.
  await http.register(rateLimit, { global: false })
  await http.register(swagger, reference)
}
