import { setTimeout as sleep } from 'node:timers/promises'
import { readPhone, readPicture, readSent, readSession, readToken } from './answers.ts'
import { tokenErrcodes, WeChatError } from './errors.ts'
import { type Answer, exchange, type Question } from './exchange.ts'
import { fitValues } from './message-values.ts'
import { stableToken } from './stable-token.ts'

export interface WeChatSettings {
  apiUrl: string
  appId: string
  appSecret: string
  /** Which build of the mini-program a message card or a mini-program code opens. */
  miniprogramState?: 'formal' | 'trial' | 'developer'
  /** Milliseconds since 1970. */
  now: () => number
  log: { warn(details: object, message: string): void }
  fetch?: typeof fetch
  /** The time limit of one request; 5,000 by default. */
  timeoutMs?: number
  /** The waits between attempts where trying again is safe. */
  backoffMs?: readonly number[]
}

export interface SubscribeMessage {
  openid: string
  templateId: string
  /** Path with query, without a leading slash; without it the card cannot be tapped. */
  page?: string
  /** Values by template key; long texts are cut to the limit of their key, see `fitValues`. */
  data: Record<string, string>
}

/** Every function throws `WeChatError`; its `kind` determines what to do. */
export interface WeChat {
  /** Exchanges a code of wx.login. The session key is dropped: it is not needed and must never leave the server. */
  codeToSession(code: string): Promise<{ openid: string; unionid?: string }>
  /** Trades a code from the getPhoneNumber button; with the openid WeChat also checks that both belong together. */
  phoneNumber(code: string, openid?: string): Promise<{ phone: string; countryCode: string }>
  /** A permanent mini-program code. `scene`: 1–32 characters of `0-9a-zA-Z!#$&'()*+,/:;=?@-._~`; `width` in pixels, 280–1280. */
  codeUnlimited(code: { scene: string; page: string; width?: number }): Promise<{ bytes: Buffer; mediaType: string }>
  /** Burns one of the member's credits for this template. The id is text because it exceeds 2^53. */
  sendSubscribeMessage(message: SubscribeMessage): Promise<{ msgId: string }>
}

export function wechatClient(settings: WeChatSettings): WeChat {
  const { appId, appSecret, log, miniprogramState = 'formal', backoffMs = [200, 800] } = settings
  const wire = {
    apiUrl: settings.apiUrl,
    fetch: settings.fetch ?? fetch,
    timeoutMs: settings.timeoutMs ?? 5_000,
  }

  const token = stableToken((force) => {
    const json = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: force }
    return ask({ method: 'POST', path: '/cgi-bin/stable_token', json }, readToken, { repeatable: true })
  }, settings.now)

  /**
   * A call is repeated when WeChat was busy or nothing was sent, and after a broken connection only where a repetition is safe. A
   * time-out is never repeated here: a person has waited five seconds, and the outbox has its own retries.
   */
  async function ask<T>(question: Question, read: Reader<T>, { repeatable }: Repeat): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return read(await exchange(wire, question))
      } catch (error) {
        if (!(error instanceof WeChatError)) throw error
        const { path, kind, errcode, rid } = error
        log.warn({ path, kind, errcode, rid, attempt }, 'WeChat call failed')
        const waitMs = backoffMs[attempt]
        const safe = kind === 'busy' || kind === 'unreachable' || (repeatable && kind === 'broken-off')
        if (!safe || waitMs === undefined) throw error
        await sleep(waitMs)
      }
    }
  }

  /** Posts with the access token; a token that WeChat no longer accepts is renewed once. */
  async function post<T>(path: string, json: object, read: Reader<T>, repeat: Repeat): Promise<T> {
    const send = (access_token: string) => ask({ method: 'POST', path, query: { access_token }, json }, read, repeat)
    const first = await reached(path, token.current())
    try {
      return await send(first)
    } catch (error) {
      if (!(error instanceof WeChatError && tokenErrcodes.includes(error.errcode ?? 0))) throw error
      return send(await reached(path, token.renewed(first)))
    }
  }

  return {
    codeToSession(code) {
      const query = { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' }
      return ask({ method: 'GET', path: '/sns/jscode2session', query }, readSession, { repeatable: true })
    },

    phoneNumber(code, openid) {
      return post('/wxa/business/getuserphonenumber', { code, openid }, readPhone, { repeatable: true })
    },

    codeUnlimited({ scene, page, width = 430 }) {
      const env_version = ({ formal: 'release', trial: 'trial', developer: 'develop' } as const)[miniprogramState]
      const json = { scene, page, width, env_version, check_path: env_version === 'release' }
      return post('/wxa/getwxacodeunlimit', json, readPicture, { repeatable: true })
    },

    async sendSubscribeMessage({ openid, templateId, page, data }) {
      const json = {
        touser: openid,
        template_id: templateId,
        page,
        miniprogram_state: miniprogramState,
        lang: 'zh_CN',
        data: fitValues(data),
      }
      return post('/cgi-bin/message/subscribe/send', json, readSent, { repeatable: false })
    },
  }
}

type Reader<T> = (answer: Answer) => T
interface Repeat {
  repeatable: boolean
}

/** Without a token nothing was sent, whatever the result of the token request. */
async function reached(path: string, token: Promise<string>): Promise<string> {
  return token.catch((error: unknown) => {
    const lost = error instanceof WeChatError && error.mayHaveHappened
    throw lost ? new WeChatError({ path, kind: 'unreachable' }) : error
  })
}
