import { randomInt } from 'node:crypto'
import { readEnv } from '@pointbook/config/env'
import { inboxMessages, messageCredits } from '@pointbook/server/features/care/messages/tables'
import { openidColumns } from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { encrypt, signatureOf } from '@pointbook/server/platform/wechat/push-crypto'
import { buildSandbox } from '@pointbook/server/sandbox/app'
import { demoTemplates } from '@pointbook/server/sandbox/templates'
import type { SandboxSettings } from '@pointbook/server/sandbox/types'
import { and, desc, eq } from 'drizzle-orm'
import type { ServerOptions } from './server.ts'
import { aWorld } from './world.ts'

const { wechat } = readEnv({}, { mode: 'test' })

export const templates = { expiry: wechat.reminderTemplateId, pickup: wechat.pickupTemplateId }

export const SEND = '/cgi-bin/message/subscribe/send'

/** The whole server with a WeChat that has the shop's templates, and members with phones. */
export async function aMessageWorld(options: ServerOptions = {}) {
  const settings: SandboxSettings = { ...wechat, pushRetryMs: 1, templates: demoTemplates(wechat) }
  const sandbox = await buildSandbox(settings)
  const url = await sandbox.listen({ port: 0, host: '127.0.0.1' })
  const world = await aWorld({ ...options, env: { WECHAT_API_URL: url, ...options.env } })
  const { db } = world

  // biome-ignore lint/suspicious/noExplicitAny: the reply is whatever its path promises
  async function control(path: string, json?: object): Promise<any> {
    const headers = { 'content-type': 'application/json' }
    const post = json && { method: 'POST', headers, body: JSON.stringify(json) }
    const response = await fetch(`${url}/control/${path}`, post)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }

  async function aPhone(person: Parameters<typeof world.aMember>[0] = {}) {
    const { openid } = (await control('people', {})) as { openid: string }
    const memberId = await world.aMember(person)
    await db.update(members).set(openidColumns(world.outside.keys, openid)).where(eq(members.id, memberId))
    return { memberId, openid }
  }

  /** The member taps "allow" in WeChat; the test decides who reports it to the server. */
  const allows = (openid: string, templateId: string) =>
    control('consent', { openid, answers: { [templateId]: 'accept' } })

  async function credits(memberId: number, templateId: string): Promise<number> {
    const [row] = await db
      .select()
      .from(messageCredits)
      .where(and(eq(messageCredits.memberId, memberId), eq(messageCredits.templateId, templateId)))
    return row?.credits ?? 0
  }

  /** As many credits as that in WeChat and in our own count. */
  async function hasCredits(phone: { memberId: number; openid: string }, templateId: string, count: number) {
    for (let tap = 0; tap < count; tap++) await allows(phone.openid, templateId)
    await db.insert(messageCredits).values({ memberId: phone.memberId, templateId, credits: count })
  }

  /** A push as WeChat signs and encrypts it. */
  function push(body: object, more: Record<string, string> = {}) {
    const encrypted = encrypt(JSON.stringify(body), wechat.pushAesKey, wechat.appId)
    const { timestamp = String(Math.floor(Date.now() / 1000)), nonce = String(randomInt(1e9)) } = more
    const msg_signature = signatureOf(wechat.pushToken, timestamp, nonce, encrypted)
    return world.app.http.inject({
      method: 'POST',
      url: '/wechat/push',
      query: { timestamp, nonce, msg_signature, encrypt_type: 'aes', ...more },
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted }),
    })
  }

  return {
    ...world,
    control,
    aPhone,
    allows,
    credits,
    hasCredits,
    push,
    /** From now on WeChat's own pushes reach the server. */
    async listen() {
      settings.pushUrl = `${await world.app.http.listen({ port: 0, host: '127.0.0.1' })}/wechat/push`
    },
    received: (openid: string) => control(`messages?openid=${openid}`),
    inbox: (memberId: number) =>
      db.select().from(inboxMessages).where(eq(inboxMessages.memberId, memberId)).orderBy(desc(inboxMessages.id)),
    close: async () => {
      await world.close()
      await sandbox.close()
    },
  }
}
