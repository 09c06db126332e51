import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseObject } from '../src/platform/wechat/json.ts'
import { takeFault } from './faults.ts'
import { note } from './journal.ts'
import { spendQuota } from './quotas.ts'
import { Refused, refusalBody } from './refused.ts'
import { checkToken } from './tokens.ts'
import type { Endpoint, World } from './types.ts'

export const ok = (fields: object = {}) => JSON.stringify({ errcode: 0, errmsg: 'ok', ...fields })

export function registerEndpoints(app: FastifyInstance, world: World, endpoints: Endpoint[]): void {
  app.removeAllContentTypeParsers()
  // WeChat ignores the content type of a body; bad JSON has its own error code.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  for (const endpoint of endpoints) {
    app.route({
      method: ['GET', 'POST'],
      url: endpoint.path,
      handler: (request, reply) => serve(world, endpoint, request, reply),
    })
  }
}

async function serve(world: World, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  const fault = takeFault(world, endpoint.path)
  if (fault?.delayMs) await sleep(fault.delayMs)
  if (fault?.drop === 'before') return cut(world, endpoint, request, reply)

  const startedAt = performance.now()
  const answer = fault?.status
    ? { status: fault.status, type: 'text/html', body: '<html><body>Bad Gateway</body></html>', errcode: 0 }
    : carryOut(world, endpoint, request, fault?.errcode)
  if (fault?.drop === 'after') return cut(world, endpoint, request, reply)

  note(world, {
    ...summaryOf(world, endpoint, request),
    answered:
      typeof answer.body === 'string' ? answer.body.slice(0, 600) : `${answer.type}, ${answer.body.length} 字节`,
    status: answer.status,
    errcode: answer.errcode,
    tookMs: performance.now() - startedAt,
  })
  return reply.code(answer.status).type(answer.type).send(answer.body)
}

function carryOut(world: World, endpoint: Endpoint, request: FastifyRequest, injected: number | undefined) {
  const type = endpoint.contentType ?? 'application/json; charset=utf-8'
  try {
    if (injected !== undefined) throw new Refused(injected)
    const body = endpoint.answer(world, admitted(world, endpoint, request))
    return { status: 200, type: Buffer.isBuffer(body) ? 'image/png' : type, body, errcode: 0 }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { status: 200, type, body: refusalBody(error, world.now()), errcode: error.errcode }
  }
}

/** The checks every endpoint shares, in WeChat's order as far as it is known. */
function admitted(world: World, { method, path, needsToken }: Endpoint, request: FastifyRequest) {
  const query = request.query as Record<string, unknown>
  if (method === 'POST' && request.method !== 'POST') throw new Refused(43002)
  if (needsToken) checkToken(world, query.access_token)
  spendQuota(world, path)
  return { query, body: method === 'POST' ? bodyOf(request.body) : {} }
}

function bodyOf(text: unknown): Record<string, unknown> {
  if (typeof text !== 'string' || text === '') throw new Refused(44002)
  const body = parseObject(text)
  if (!body) throw new Refused(47001)
  return body
}

function cut(world: World, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  note(world, { ...summaryOf(world, endpoint, request), answered: '（连接被切断）', status: 0, errcode: 0, tookMs: 0 })
  reply.hijack()
  request.raw.socket.destroy()
}

function summaryOf(world: World, { path }: Endpoint, request: FastifyRequest) {
  const query = request.url.split('?')[1] ?? ''
  const body = typeof request.body === 'string' ? request.body : ''
  const asked = [decodeURIComponent(query), body].filter(Boolean).join(' ')
  return { atMs: world.now(), direction: 'in' as const, method: request.method, path, asked }
}
