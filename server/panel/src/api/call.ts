import { client } from '@pointbook/shared/client'
import type { Api, Operation } from '@pointbook/shared/contract/index'

export type { Operation }
export type Input<Op extends Operation> = Api[Op]['input']
export type Reply<Op extends Operation> = Api[Op]['reply']

export const call = client(async ({ method, path, body }) => {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  // A proxy in between may answer with a page of its own: that is no reply of ours.
  return { status: response.status, body: await response.json().catch(() => null) }
})
