import { type Endpoint, Exact } from '@pointbook/shared/contract/http'
import type { FastifyRequest, FastifySchema } from 'fastify'

const Nothing = Exact({})

/** The schemas of a route's input: every part is closed, also one that the operation does not declare. */
export const inputSchemas = (method: string, { params, query, body }: Endpoint): FastifySchema => ({
  ...(params ? { params } : {}),
  querystring: query ?? Nothing,
  ...(method === 'GET' ? {} : { body: body ?? Nothing }),
})

/** No body at all is one without fields: other systems, and clients whose operation had no fields yet, send none. */
export function completeBody(request: FastifyRequest): void {
  if (request.method !== 'GET') request.body ??= {}
}

type Part = 'params' | 'query' | 'body'

/** Reads the fields that the operation declares from the parts that it declares them in, and nothing else. */
export function inputReader(endpoint: Endpoint): (request: FastifyRequest) => Record<string, unknown> {
  const declared = (['query', 'body', 'params'] as const).flatMap((part: Part) =>
    Object.keys(endpoint[part]?.properties ?? {}).map((name) => [part, name] as const),
  )
  return (request) => {
    const input: Record<string, unknown> = {}
    for (const [part, name] of declared) {
      const given = request[part] as Record<string, unknown>
      if (Object.hasOwn(given, name)) input[name] = given[name]
    }
    return input
  }
}
