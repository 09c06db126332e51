import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { askConsent } from './consent.ts'
import { addPerson, maskPhone, mintCode, personOf } from './people.ts'
import { spendQuota } from './quotas.ts'
import { Refused } from './refused.ts'
import type { Person, World } from './types.ts'

const Openid = Type.Object({ openid: Type.String() })
const Allowed = Type.Object({ openid: Type.String(), allow: Type.Boolean() })
const Answer = Type.Union([Type.Literal('accept'), Type.Literal('reject')])
const Consent = Type.Object({
  openid: Type.String(),
  tmplIds: Type.Array(Type.String()),
  answers: Type.Optional(Type.Record(Type.String(), Answer)),
})
export const NewPerson = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
})

/** The operations that the browser preview of the mini-program uses in place of `wx`. */
export function phoneRoutes(app: FastifyInstance, world: World): void {
  app.get('/phone/list', async () => world.people.map(shown))

  app.post<{ Body: Static<typeof NewPerson> }>('/phone/create', { schema: { body: NewPerson } }, async ({ body }) =>
    shown(addPerson(world, body)),
  )

  app.post<{ Body: Static<typeof Openid> }>('/phone/login', { schema: { body: Openid } }, async ({ body }, reply) => {
    if (!personOf(world, body.openid)) return reply.callNotFound()
    return { code: mintCode(world, body.openid, 'login'), errMsg: 'login:ok' }
  })

  app.post<{ Body: Static<typeof Allowed> }>(
    '/phone/phone-number',
    { schema: { body: Allowed } },
    async ({ body }, reply) => {
      if (!personOf(world, body.openid)) return reply.callNotFound()
      if (!body.allow) return { errMsg: 'getPhoneNumber:fail user deny' }
      return phoneCode(world, body.openid)
    },
  )

  app.post<{ Body: Static<typeof Consent> }>(
    '/phone/subscribe',
    { schema: { body: Consent } },
    async ({ body }, reply) => {
      const person = personOf(world, body.openid)
      if (!person) return reply.callNotFound()
      return askConsent(world, person, body.tmplIds, body.answers ?? {})
    },
  )

  app.get<{ Querystring: Static<typeof Openid> }>(
    '/phone/messages',
    { schema: { querystring: Openid } },
    async ({ query }) => messagesOf(world, query.openid),
  )
}

export function shown({ openid, name, phone, colour }: Person) {
  return { openid, name, phoneMasked: maskPhone(phone), colour, initials: name.slice(-2) }
}

/** The newest first, with the words of the template. */
export function messagesOf(world: World, openid: string) {
  const mine = world.messages.filter((message) => message.openid === openid).reverse()
  return mine.map((message) => {
    const template = world.settings.templates.find(({ templateId }) => templateId === message.templateId)
    const lines = template?.keys.map(({ key, label }) => ({ label, value: message.values[key] ?? '' }))
    return { ...message, title: template?.title ?? '', lines: lines ?? [] }
  })
}

/** WeChat charges for each success of the button, so the trial calls are counted here. */
function phoneCode(world: World, openid: string) {
  try {
    spendQuota(world, 'phone numbers')
    return { code: mintCode(world, openid, 'phone'), errMsg: 'getPhoneNumber:ok' }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { errMsg: 'getPhoneNumber:fail no quota', errno: 1400001 }
  }
}
