import { Refusal, type RefusalReply } from '@pointbook/shared/refusals'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { codeForLog, isUnavailable } from './database/failures.ts'
import { sparseLog } from './database/sparse-log.ts'
import { RETRY_AFTER_SECONDS } from './limits.ts'

/** Turns whatever was thrown into one reply: a refusal as it is, anything else without stack, SQL or parameters. Tells `refused` its code. */
export function handleErrors(app: FastifyInstance, refused: (code: string) => void) {
  const log = sparseLog(app.log)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error)
    refused(refusal?.code ?? 'server.failed')
    if (isUnavailable(error)) log.warn({ code: codeForLog(error) }, 'the database is unavailable')
    if (refusal) {
      if (refusal.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
      return reply.code(refusal.status).send(replyOf(refusal, request))
    }
    // Drizzle's message holds the parameters, so only the names of things go to the log.
    request.log.error({ type: error.name, code: codeForLog(error), stack: placesOnly(error) }, 'request failed')
    const failed: RefusalReply = {
      code: 'server.failed',
      text: '系统出了点问题，我们已记录，请稍后再试',
      requestId: request.id,
    }
    return reply.code(500).send(failed)
  })
  app.setNotFoundHandler((request, reply) => {
    refused('route.unknown')
    return reply.code(404).send(replyOf(new Refusal('route.unknown'), request))
  })
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

const placesOnly = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .join('\n')
