import { isUtf8 } from 'node:buffer'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { limits } from './limits.ts'

/**
 * Parses JSON bodies. Refuses other types and invalid UTF-8, and bodies with more values or deeper nesting than any operation needs, before the
 * parser spends time on them. An empty body counts as none, whatever its type: `wx.request` sends the content type with every
 * DELETE.
 */
export function parseJsonBodies(http: FastifyInstance) {
  // The framework refuses a type that it cannot read, such as an empty one, before it asks any parser.
  http.addHook('onRequest', ({ raw: { headers } }, _reply, done) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (!hasBody) delete headers['content-type']
    done()
  })
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeContentTypeParser('application/json')
  http.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined)
    if (!isUtf8(bytes)) return done(new Refusal('input.invalid'))
    const text = bytes.toString('utf8')
    if (isTooIntricate(text)) return done(new Refusal('input.too-large'))
    parse(request, text, done)
  })
  http.removeContentTypeParser('text/plain')
  http.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) =>
    bytes.length === 0 ? done(null, undefined) : done(new Refusal('input.other-type')),
  )
}

/** Whether JSON has more values or deeper nesting than `limits` allow. Reads the text once. */
export function isTooIntricate(text: string): boolean {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (mark === '"') at = endOfString(text, at)
    else if (mark === ',') values++
    else if (mark === '{' || mark === '[') depth++
    else if (mark === '}' || mark === ']') depth--
    if (values > limits.bodyValues || depth > limits.bodyDepth) return true
  }
  return false
}

/** The end of the string that begins at `start`; the end of the text when it is not closed. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text[first - 1] === '\\') first--
  return (at - first) % 2 === 1
}
