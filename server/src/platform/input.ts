import { type Endpoint, Exact } from '@pointbook/shared/contract/http'
import type { FastifyRequest, FastifySchema } from 'fastify'

const Nothing = Exact({})

/** The schemas of a route's input: every part is closed, also one that the operation does not declare. */
export const inputSchemas = (method: string, { params, query, body }: Endpoint): FastifySchema => ({
  ...(params ? { params } : {}),
  querystring: query ?? Nothing,
  ...(method === 'GET' ? {} : { body: body ?? Nothing }),
})

/**
 * A missing body counts as one without fields: other systems, and clients of versions in which the operation had no fields, send
 * none.
 */
export function completeBody(request: FastifyRequest): void {
  if (request.method !== 'GET') request.body ??= {}
}

type Part = 'params' | 'query' | 'body'

/** Reads only the declared fields of the operation, from the parts in which they are declared. */
export function inputReader(endpoint: Endpoint): (request: FastifyRequest) => Record<string, unknown> {
  const declared = (['query', 'body', 'params'] as const).flatMap((part: Part) =>
    Object.keys(endpoint[part]?.properties ?? {}).map((name) => [part, name] as const),
  )
  return (request) => {
    const input: Record<string, unknown> = {}
    for (const [part, name] of declared) {
      const values = request[part] as Record<string, unknown>
      if (Object.hasOwn(values, name)) input[name] = values[name]
    }
    return input
  }
}
