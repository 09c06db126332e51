import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { askConsent, switchTemplate } from './consent.ts'
import { addPerson, mintCode, personOf } from './people.ts'
import { messagesOf, NewPerson, shown } from './phone-routes.ts'
import { attemptPush } from './push.ts'
import type { Person, World } from './types.ts'
import { beginning } from './world.ts'

const Answer = Type.Union([Type.Literal('accept'), Type.Literal('reject')])
const Openid = Type.Object({ openid: Type.String() })
const Consent = Type.Object({ openid: Type.String(), answers: Type.Record(Type.String(), Answer) })
const Switch = Type.Object({ openid: Type.String(), templateId: Type.String(), on: Type.Boolean() })
const Trait = Type.Object({
  openid: Type.String(),
  risky: Type.Optional(Type.Boolean()),
  messagesOff: Type.Optional(Type.Boolean()),
  countryCode: Type.Optional(Type.String({ pattern: '^\\d{1,3}$' })),
})
const NewFault = Type.Object({
  path: Type.String(),
  times: Type.Integer({ minimum: 1, default: 1 }),
  errcode: Type.Optional(Type.Integer()),
  status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
  delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
  drop: Type.Optional(Type.Union([Type.Literal('before'), Type.Literal('after')])),
})
const Advance = Type.Object({ advanceMs: Type.Integer({ minimum: 0 }) })
const Quotas = Type.Record(
  Type.String(),
  Type.Object({
    perMinute: Type.Optional(Type.Integer({ minimum: 0 })),
    perDay: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
)
const PushMode = Type.Object({
  secure: Type.Optional(Type.Boolean()),
  format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('xml')])),
})
const Again = Type.Object({ id: Type.Integer() })

/** The control API for tests and the page. Never served in production. */
export function controlRoutes(app: FastifyInstance, world: World): void {
  peopleRoutes(app, world)
  troubleRoutes(app, world)

  app.get('/control/state', async () => stateOf(world))

  app.get('/control/journal', async () => world.journal)

  app.post<{ Body: Static<typeof Advance> }>('/control/clock', { schema: { body: Advance } }, async ({ body }) => {
    world.clockOffsetMs += body.advanceMs
    world.changed()
    return { nowMs: world.now() }
  })

  app.post('/control/reset', async () => {
    Object.assign(world, beginning(world.settings))
    world.changed()
    return stateOf(world)
  })
}

function peopleRoutes(app: FastifyInstance, world: World): void {
  const someone = (openid: string): Person => personOf(world, openid) ?? fail404()

  app.post<{ Body: Static<typeof NewPerson> }>('/control/people', { schema: { body: NewPerson } }, async ({ body }) =>
    addPerson(world, body),
  )

  app.get('/control/people', async () => world.people.map(({ sessionKey, ...person }) => person))

  app.post<{ Body: Static<typeof Trait> }>('/control/trait', { schema: { body: Trait } }, async ({ body }) => {
    const { openid, ...traits } = body
    Object.assign(someone(openid), traits)
    world.changed()
    return { done: true }
  })

  for (const kind of ['login', 'phone'] as const) {
    app.post<{ Body: Static<typeof Openid> }>(
      `/control/${kind}-code`,
      { schema: { body: Openid } },
      async ({ body }) => ({
        code: mintCode(world, someone(body.openid).openid, kind),
      }),
    )
  }

  app.post<{ Body: Static<typeof Consent> }>('/control/consent', { schema: { body: Consent } }, async ({ body }) =>
    askConsent(world, someone(body.openid), Object.keys(body.answers), body.answers),
  )

  app.post<{ Body: Static<typeof Switch> }>(
    '/control/template-switch',
    { schema: { body: Switch } },
    async ({ body }) => {
      switchTemplate(world, someone(body.openid), body.templateId, body.on)
      return { done: true }
    },
  )

  app.get<{ Querystring: Static<typeof Openid> }>(
    '/control/messages',
    { schema: { querystring: Openid } },
    async ({ query }) => messagesOf(world, query.openid),
  )
}

function troubleRoutes(app: FastifyInstance, world: World): void {
  app.post<{ Body: Static<typeof NewFault> }>('/control/faults', { schema: { body: NewFault } }, async ({ body }) => {
    world.faults.push(body)
    return world.faults
  })

  app.delete('/control/faults', async () => {
    world.faults = []
    return world.faults
  })

  app.put<{ Body: Static<typeof Quotas> }>('/control/quotas', { schema: { body: Quotas } }, async ({ body }) => {
    Object.assign(world.quotas, body)
    return world.quotas
  })

  app.get('/control/push', async () => world.pushes)

  app.put<{ Body: Static<typeof PushMode> }>('/control/push', { schema: { body: PushMode } }, async ({ body }) =>
    Object.assign(world.pushMode, body),
  )

  app.post<{ Body: Static<typeof Again> }>('/control/push/again', { schema: { body: Again } }, async ({ body }) => {
    const push = world.pushes.find(({ id }) => id === body.id) ?? fail404()
    await attemptPush(world, push)
    return push
  })
}

function stateOf(world: World) {
  const { settings, faults, quotas, pushMode } = world
  return {
    nowMs: world.now(),
    clockOffsetMs: world.clockOffsetMs,
    appId: settings.appId,
    previewUrl: settings.previewUrl ?? '',
    pushUrl: settings.pushUrl ?? '',
    templates: settings.templates,
    people: world.people.map((person) => ({
      ...shown(person),
      credits: person.credits,
      refused: person.refused,
      messagesOff: person.messagesOff,
      messageCount: world.messages.filter(({ openid }) => openid === person.openid).length,
    })),
    faults,
    quotas,
    pushMode,
  }
}

function fail404(): never {
  throw Object.assign(new Error('not in this sandbox'), { statusCode: 404 })
}
