import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { refusalsOf } from '@pointbook/shared/contract/refusals'
import { type RefusalCode, refusals } from '@pointbook/shared/refusals'
import { refusalReply } from './http.ts'
import { signingGuide } from './signature.ts'

const REPLY = { $ref: '#/components/schemas/Refusal' }
const failed = { description: 'A fault of the server', content: { 'application/json': { schema: REPLY } } }

/** The API reference, made from the contract: routes bring what they take and give, this adds what they refuse. */
export const reference: FastifyDynamicSwaggerOptions = {
  openapi: {
    info: {
      title: 'Pointbook',
      version: '1',
      description: 'Every operation of the mini-program, the till, the panel and the open API.',
    },
    components: { schemas: { Refusal: refusalReply } },
    tags: [{ name: 'partner', description: signingGuide }],
  },
  transformObject: (made) => {
    if (!('openapiObject' in made)) return made.swaggerObject
    for (const op of Object.keys(contract) as Operation[]) {
      const [method, path] = op.split(' ') as [string, string]
      const route = made.openapiObject.paths?.[path.replaceAll(/:(\w+)/g, '{$1}')]
      const responses = route?.[method.toLowerCase() as 'get']?.responses
      if (!responses) continue
      delete responses['4XX']
      delete responses['5XX']
      Object.assign(responses, responsesOf(op), { 500: failed })
    }
    return made.openapiObject
  },
}

/** The refusals of an operation by their status, each with its sentence. */
function responsesOf(op: Operation) {
  const codes = refusalsOf(op)
  const statusOf = (code: RefusalCode): number => refusals[code][0]
  const statuses = new Set(codes.map(statusOf))
  return Object.fromEntries(
    [...statuses].map((status) => [status, responseOf(codes.filter((code) => statusOf(code) === status))]),
  )
}

const responseOf = (codes: RefusalCode[]) => ({
  description: codes.map((code) => `- \`${code}\`: ${refusals[code][1]}`).join('\n'),
  content: {
    'application/json': { schema: { allOf: [REPLY, { properties: { code: { type: 'string', enum: codes } } }] } },
  },
})
