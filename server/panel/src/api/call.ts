import type { Api, Operation } from '@pointbook/shared/contract/index'

export type { Api, Operation }

/** What the server answers when it will not do something: `text` is a sentence for the merchant. */
interface Refusal {
  status: number
  code: string
  text: string
  detail?: unknown
  requestId: string
}

export const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'code' in error && 'status' in error

export async function call<Op extends Operation>(op: Op, input: Api[Op]['input']): Promise<Api[Op]['reply']> {
  const [method = '', pattern = ''] = op.split(' ')
  const rest: Record<string, unknown> = { ...(input as object) }
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const reads = method === 'GET' || method === 'DELETE'
  const query = reads
    ? new URLSearchParams(
        Object.entries(rest).flatMap(([k, v]) => (v === undefined || v === '' ? [] : [[k, String(v)]])),
      ).toString()
    : ''
  const response = await fetch(query ? `${path}?${query}` : path, {
    method,
    credentials: 'same-origin',
    ...(reads ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }),
  })
  const reply = await response.json()
  if (!response.ok) throw { status: response.status, ...reply }
  return reply
}
