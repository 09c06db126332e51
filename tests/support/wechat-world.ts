import { buildSandbox } from '@pointbook/server/sandbox/app'
import type { HouseOptions } from './house.ts'
import { aWorld } from './world.ts'

const appId = 'wx0000000000demo01'
const appSecret = 'a-secret-nobody-may-see'

/** The whole server with a WeChat of its own behind it, on a real port, and people in that WeChat who have phones. */
export async function aWorldWithWeChat(options: HouseOptions = {}) {
  const sandbox = await buildSandbox({ appId, appSecret, pushToken: 'token', pushAesKey: '', templates: [] })
  const url = await sandbox.listen({ port: 0, host: '127.0.0.1' })
  const env = { WECHAT_API_URL: url, WECHAT_APP_ID: appId, WECHAT_APP_SECRET: appSecret, ...options.env }
  const world = await aWorld({ ...options, env })

  // biome-ignore lint/suspicious/noExplicitAny: the reply is whatever its path promises
  async function control(path: string, json: object): Promise<any> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/control/${path}`, { method: 'POST', headers, body: JSON.stringify(json) })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const loginCode = async (openid: string): Promise<string> => (await control('login-code', { openid })).code
  const phoneCode = async (openid: string): Promise<string> => (await control('phone-code', { openid })).code

  /** Somebody with WeChat, who is no member yet. */
  async function aPerson(phone?: string): Promise<{ openid: string; phone: string }> {
    const { openid } = await control('people', phone ? { phone } : {})
    const people = (await (await fetch(`${url}/control/people`)).json()) as { openid: string; phone: string }[]
    return people.find((person) => person.openid === openid)!
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
