import { isObject } from '../src/platform/wechat/json.ts'
import { fits } from './message-limits.ts'
import { isReleased } from './pages.ts'
import { personOf } from './people.ts'
import { pushEvent } from './push.ts'
import { Refused } from './refused.ts'
import type { Endpoint, Message, Template, World } from './types.ts'

const keptMessages = 500
const firstMsgId = 1864323726461255680n

/** Source: subscribeMessage.send on developers.weixin.qq.com. Ids exceed 2^53, as WeChat's do. */
export const sendMessage: Endpoint = {
  method: 'POST',
  path: '/cgi-bin/message/subscribe/send',
  needsToken: true,
  answer(world, { body }) {
    const person = personOf(world, body.touser)
    if (!person) throw new Refused(40003)
    const template = world.settings.templates.find(({ templateId }) => templateId === body.template_id)
    if (!template) throw new Refused(40037)
    if (template.banned) throw new Refused(43107)
    const message = { openid: person.openid, templateId: template.templateId, ...checkCard(world, body, template) }

    const credits = person.credits[template.templateId] ?? 0
    if (credits < 1 || person.messagesOff || person.refused.includes(template.templateId)) throw new Refused(43101)
    person.credits[template.templateId] = credits - 1
    const { msgId } = keep(world, message)
    pushEvent(world, person.openid, 'subscribe_msg_sent_event', [
      { TemplateId: template.templateId, MsgID: msgId, ErrorCode: '0', ErrorStatus: 'success' },
    ])
    return `{"errcode":0,"errmsg":"ok","msgid":${msgId}}`
  },
}

function checkCard(world: World, body: Record<string, unknown>, template: Template) {
  const { page = '', miniprogram_state = 'formal', lang = 'zh_CN', data } = body
  if (typeof page !== 'string' || (page !== '' && !isReleased(world, page))) throw new Refused(41030)
  if (!['developer', 'trial', 'formal'].includes(String(miniprogram_state)))
    throw new Refused(47003, 'miniprogram_state')
  if (!['zh_CN', 'en_US', 'zh_HK', 'zh_TW'].includes(String(lang))) throw new Refused(47003, 'lang')
  if (!isObject(data)) throw new Refused(47001)
  const values = Object.fromEntries(template.keys.map((key) => [key.key, checkValue(data[key.key], key)]))
  return { page, miniprogramState: String(miniprogram_state), values }
}

function checkValue(entry: unknown, { key, values }: Template['keys'][number]): string {
  const value = isObject(entry) ? entry.value : undefined
  if (value === undefined || value === '') throw new Refused(47003, `data.${key}.value is empty`)
  if (typeof value !== 'string' || !fits(key, value, values)) throw new Refused(47003, `data.${key}.value invalid`)
  return value
}

function keep(world: World, message: Omit<Message, 'msgId' | 'sentAtMs'>): Message {
  const last = world.messages.at(-1)
  const msgId = last ? BigInt(last.msgId) + 4097n : firstMsgId
  const kept = { ...message, msgId: String(msgId), sentAtMs: world.now() }
  world.messages = [...world.messages, kept].slice(-keptMessages)
  world.changed()
  return kept
}
