import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { type CodeNaming, Refusal, type RefusalReply } from '@pointbook/shared/refusals'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codeForLog, isUnavailable } from './database/failures.ts'
import { sparseLog } from './database/sparse-log.ts'
import { plainHeaders } from './headers.ts'
import { RETRY_AFTER_SECONDS } from './limits.ts'
import { knownMethods } from './methods.ts'
import { placesOf } from './places.ts'

/** Called for each reply that is not a success. */
type Refused = (request: FastifyRequest, code: RefusalReply['code']) => void

/** Turns a thrown error into a reply: a refusal unchanged, anything else without stack, SQL or parameters. */
export function handleErrors(app: FastifyInstance, refused: Refused) {
  const log = sparseLog(app.log)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error)
    refused(request, refusal?.code ?? 'server.failed')
    if (isUnavailable(error)) log.warn({ code: codeForLog(error) }, 'the database is unavailable')
    if (refusal) {
      if (refusal.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
      return reply.code(refusal.status).send(replyOf(refusal, request))
    }
    // Drizzle's message contains the parameters, so only names go to the log.
    request.log.error({ type: error.name, code: codeForLog(error), stack: placesOf(error) }, 'request failed')
    const failed: RefusalReply = {
      code: 'server.failed',
      text: '系统出了点问题，我们已记录，请稍后再试',
      requestId: request.id,
    }
    return reply.code(500).send(failed)
  })
  const methodsOf = knownMethods(app)
  app.setNotFoundHandler((request, reply) => {
    const known = methodsOf(request.url)
    // A path may be known and the file that it names not.
    const methods = known.includes(request.method) ? [] : known
    const refusal = new Refusal(methods.length > 0 ? 'route.other-method' : 'route.unknown')
    refused(request, refusal.code)
    if (methods.length > 0) reply.header('allow', methods.join(', '))
    return reply.code(refusal.status).send(replyOf(refusal, request))
  })
}

/** Fastify's `frameworkErrors`: an address that cannot be read is refused before any hook or handler is called. */
export const refuseAddress = (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
  const refusal = new Refusal('route.unknown')
  reply.code(refusal.status).headers(plainHeaders).send(replyOf(refusal, request))
}

const MALFORMED: Record<string, [status: string, code: CodeNaming]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'input.too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request.slow'],
}

/** Fastify's `clientErrorHandler`: what is no HTTP is refused in the shape of all refusals, and the connection ends. */
export function refuseConnection(error: { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, code] = MALFORMED[error.code ?? ''] ?? ['400 Bad Request', 'input.invalid']
  const reply: RefusalReply = { code, text: new Refusal(code).text, requestId: randomUUID() }
  const body = JSON.stringify(reply)
  const headers = {
    ...plainHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n'))
}

const replyOf = (refusal: Refusal, request: FastifyRequest): RefusalReply => ({
  code: refusal.code,
  text: refusal.text,
  ...(refusal.detail ? { detail: refusal.detail } : {}),
  requestId: request.id,
})

function refusalOf(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.validation) return new Refusal('input.invalid', { fields: error.validation.map(fieldOf) })
  if (error.statusCode === 413) return new Refusal('input.too-large')
  if (error.statusCode === 415) return new Refusal('input.other-type')
  if (error.statusCode === 429) return new Refusal('rate.exceeded')
  if (isUnavailable(error)) return new Refusal('database.unavailable')
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return new Refusal('input.invalid')
  return null
}

type Validation = NonNullable<FastifyError['validation']>[number]

/** The field's path with dots, and in words what is wrong with it. */
function fieldOf({ instancePath, keyword, params }: Validation): { field: string; text: string } {
  const path = instancePath.slice(1).replaceAll('/', '.')
  const named = params.missingProperty ?? params.additionalProperty
  const field = [path, typeof named === 'string' ? named : ''].filter(Boolean).join('.')
  return { field, text: wrongs[keyword] ?? '格式不正确' }
}

const wrongs: Record<string, string> = {
  required: '必填',
  additionalProperties: '多余的字段',
  type: '类型不正确',
  minLength: '太短了',
  maxLength: '太长了',
  minimum: '太小了',
  maximum: '太大了',
  minItems: '太少了',
  maxItems: '太多了',
  enum: '不在可选范围内',
}
