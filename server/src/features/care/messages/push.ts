import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  answerAddressCheck,
  type PushedEvent,
  type PushQuery,
  PushRefused,
  readPush,
} from '../../../platform/wechat/push.ts'
import type { Server } from '../../../server.ts'
import { findByOpenid } from '../../members/directory/store.ts'
import { countAccept, countSwitchOff } from './credits.ts'
import { hearOnce, requireRecent } from './push-nonces.ts'

const BODY_LIMIT_BYTES = 64 * 1024
const PATH = '/wechat/push'

const text = { type: 'string', maxLength: 500 }
const nonce = { type: 'string', maxLength: 64 }
const querystring = {
  type: 'object',
  properties: { signature: text, timestamp: text, nonce, echostr: text, msg_signature: text },
}
const options = { schema: { hide: true, querystring } }

/** The address that WeChat verifies and to which it sends events. Signatures cover the raw body, so it is read as text. */
export function pushRoutes(app: FastifyInstance, server: Server) {
  const { appId, pushToken: token, pushAesKey: aesKey } = server.env.wechat

  function eventOf({ query, body }: FastifyRequest): PushedEvent {
    try {
      return readPush(query as PushQuery, (body as string | undefined) ?? '', { appId, token, aesKey })
    } catch (error) {
      if (error instanceof PushRefused) throw new Refusal('push.invalid')
      throw error
    }
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    )

    scope.get(PATH, options, async ({ query }, reply) => {
      const echo = answerAddressCheck(query as PushQuery, token)
      if (echo === null) throw new Refusal('push.invalid')
      return reply.type('text/plain').send(echo)
    })

    scope.post(PATH, options, async (request, reply) => {
      const [query, event] = [request.query as PushQuery, eventOf(request)]
      requireRecent(query)
      await hearOnce(server.db, query, () => hear(server, event))
      return reply.type('text/plain').send('success')
    })
  })
}

/** The member's answers to the subscribe dialog, and templates switched off in the phone's settings. */
async function hear(server: Server, { event, openid, key, items }: PushedEvent): Promise<void> {
  const { db, env } = server
  const { reminderTemplateId, pickupTemplateId } = env.wechat
  const ours = items.filter(
    ({ templateId }) => templateId && [reminderTemplateId, pickupTemplateId].includes(templateId),
  )
  const memberId = ours.length > 0 ? await findByOpenid(server, openid) : null
  if (memberId === null) return
  for (const { templateId, accepted } of ours) {
    const report = { memberId, templateId, mark: key }
    if (event === 'subscribe_msg_popup_event' && accepted === true) await countAccept(db, 'push', report)
    if (event === 'subscribe_msg_change_event' && accepted === false) await countSwitchOff(db, report)
  }
}
