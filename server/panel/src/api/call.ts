import { client, Refused } from '@pointbook/shared/client'
import type { Api, Operation } from '@pointbook/shared/contract/index'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'

export type { Operation }
export type Input<Op extends Operation> = Api[Op]['input']
export type Reply<Op extends Operation> = Api[Op]['reply']

// A field with an invalid number shows its own message; the request is not sent.
const written = (body: unknown): string =>
  JSON.stringify(body, (_, value: unknown) => {
    if (Number.isNaN(value))
      throw new Refused(400, { code: 'input.invalid', text: '有数字没有填对，请按提示改好再提交' })
    return value
  })

export const call = client(async ({ method, path, body }) => {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      [RELEASE_HEADER]: String(RELEASE),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: written(body) }),
  })
  if (response.ok && response.headers.get('content-disposition')?.startsWith('attachment'))
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
  // A proxy in between may answer with a page of its own: that is no reply of ours.
  return { status: response.status, body: await response.json().catch(() => null) }
})
