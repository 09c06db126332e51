import { readEnv } from '@pointbook/config/env'
import { buildSandbox } from '@pointbook/server/sandbox/app'
import { demoTemplates } from '@pointbook/server/sandbox/templates'
import type { ServerOptions } from './server.ts'
import { aWorld } from './world.ts'

const appId = 'wx0000000000demo01'
const appSecret = 'a-secret-nobody-may-see'

interface Person {
  openid: string
  name: string
  phone: string
}

/** The whole server with a WeChat of its own behind it, on a real port, and people in that WeChat who have phones. */
export async function aWorldWithWeChat(options: ServerOptions = {}) {
  const templates = demoTemplates(readEnv({}, { mode: 'test' }).wechat)
  const sandbox = await buildSandbox({ appId, appSecret, pushToken: 'token', pushAesKey: '', templates })
  const url = await sandbox.listen({ port: 0, host: '127.0.0.1' })
  const wechat = { WECHAT_API_URL: url, WECHAT_APP_ID: appId, WECHAT_APP_SECRET: appSecret }
  const env = { ...wechat, SANDBOX_PORT: new URL(url).port, ...options.env }
  const world = await aWorld({ ...options, env })

  // biome-ignore lint/suspicious/noExplicitAny: the reply is whatever its path promises
  async function control(path: string, json: object): Promise<any> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/control/${path}`, { method: 'POST', headers, body: JSON.stringify(json) })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  /** Everybody in this WeChat. */
  const people = async () => (await (await fetch(`${url}/control/people`)).json()) as Person[]

  /** What a phone has received, the newest first. */
  const received = async (openid: string) =>
    (await (await fetch(`${url}/control/messages?openid=${openid}`)).json()) as { values: Record<string, string> }[]

  const loginCode = async (openid: string): Promise<string> => (await control('login-code', { openid })).code
  const phoneCode = async (openid: string): Promise<string> => (await control('phone-code', { openid })).code

  /** Somebody with WeChat, who is no member yet. */
  async function aPerson(phone?: string): Promise<Person> {
    const { openid } = await control('people', phone ? { phone } : {})
    return (await people()).find((person) => person.openid === openid)!
  }

  /** The ticket a stranger gets for logging in. */
  async function aTicket(openid: string): Promise<string> {
    const answer = await world.anyone().call('POST /session/wechat', { code: await loginCode(openid) })
    if (answer.known) throw new Error('that was no stranger')
    return answer.signUpTicket
  }

  return {
    ...world,
    control,
    people,
    received,
    loginCode,
    phoneCode,
    aPerson,
    aTicket,
    close: async () => {
      await world.close()
      await sandbox.close()
    },
  }
}
