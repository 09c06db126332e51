import { wechatClient } from '@pointbook/server/platform/wechat/client'
import { buildSandbox } from '@pointbook/server/sandbox/app'
import { demoTemplates } from '@pointbook/server/sandbox/templates'
import type { SandboxSettings } from '@pointbook/server/sandbox/types'
import { onTestFinished } from 'vitest'

export const appId = 'wx0000000000demo01'
export const appSecret = 'a-secret-nobody-may-see'
export const templates = { expiry: 'tpl-expiry', pickup: 'tpl-pickup' }

export const tokenRequest = { grant_type: 'client_credential', appid: appId, secret: appSecret }

/** A WeChat of the test's own on a real port, with our client and a clock both share. Closed when the test ends. */
export async function aSandbox(overrides: Partial<SandboxSettings> = {}) {
  const time = { nowMs: Date.parse('2026-03-02T08:00:00Z') }
  const app = await buildSandbox({
    appId,
    appSecret,
    pushToken: 'pushToken',
    pushAesKey: '',
    pushRetryMs: 1,
    clock: () => time.nowMs,
    templates: demoTemplates({ reminderTemplateId: templates.expiry, pickupTemplateId: templates.pickup }),
    ...overrides,
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())

  const logged: string[] = []
  const log = { warn: (details: object, message: string) => void logged.push(JSON.stringify({ ...details, message })) }
  const aClient = (settings: Partial<Parameters<typeof wechatClient>[0]> = {}) =>
    wechatClient({ apiUrl: url, appId, appSecret, now: () => time.nowMs, log, backoffMs: [1, 1], ...settings })

  /** Asks the control or phone API; the reply is whatever its path promises. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what they expect of it
  async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, json?: object): Promise<any> {
    const body = json && { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
    const response = await fetch(url + path, { method, ...body })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return response.json()
  }
  /** Calls WeChat directly, without our client, and returns its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests state what they expect of it
  async function wechat(path: string, json: object): Promise<any> {
    return (await fetch(url + path, { method: 'POST', body: JSON.stringify(json) })).json()
  }
  const accessToken = async () => (await wechat('/cgi-bin/stable_token', tokenRequest)).access_token as string
  const control = (path: string, json: object = {}) => ask('POST', `/control/${path}`, json)
  const calls = async (path: string) =>
    (await ask('GET', '/control/journal')).filter((entry: { path: string }) => entry.path === path)

  const [someone] = await ask('GET', '/phone/list')
  return {
    url,
    client: aClient(),
    aClient,
    ask,
    wechat,
    accessToken,
    control,
    /** The requests WeChat saw on a path, the newest first. */
    calls,
    openid: someone.openid as string,
    loginCode: async (openid = someone.openid) => (await control('login-code', { openid })).code as string,
    phoneCode: async (openid = someone.openid) => (await control('phone-code', { openid })).code as string,
    accepts: (templateId: string) =>
      control('consent', { openid: someone.openid, answers: { [templateId]: 'accept' } }),
    passes: (ms: number) => {
      time.nowMs += ms
    },
    logged,
  }
}

export const seconds = 1000
export const minutes = 60 * seconds
