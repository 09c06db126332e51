export interface SandboxSettings {
  appId: string
  appSecret: string
  templates: Template[]
  /** Milliseconds since 1970; the control API adds to it. The machine's clock unless given. */
  clock?: () => number
  /** The address of message push; without it nothing is pushed. */
  pushUrl?: string
  pushToken: string
  /** 43 characters for secure mode, '' for plain mode. */
  pushAesKey: string
  /** The wait before a failed push is repeated; 5,000 ms by default. */
  pushRetryMs?: number
  /** The browser preview of the mini-program, with a slash at the end. */
  previewUrl?: string
  /** Paths of the released mini-program; without them every well-formed path passes. */
  pages?: string[]
  /** The file for people and their messages between runs; without it they are only in memory. */
  stateFile?: string
}

/** A one-time subscribe-message template. */
export interface Template {
  templateId: string
  title: string
  keys: { key: string; label: string; values?: string[] }[]
  /** Taken away by WeChat: asking answers `ban`, sending 43107. */
  banned?: boolean
}

/** One phone with one WeChat account. */
export interface Person {
  openid: string
  sessionKey: string
  name: string
  phone: string
  countryCode: string
  colour: string
  /** WeChat's risk control blocks the login. */
  risky: boolean
  /** The main switch of subscribe messages in the mini-program's settings. */
  messagesOff: boolean
  /** Templates switched off one by one. */
  refused: string[]
  /** Messages that may still be sent, by template. */
  credits: Record<string, number>
}

export interface Code {
  kind: 'login' | 'phone'
  openid: string
  issuedAtMs: number
  state: 'fresh' | 'used' | 'replaced'
}

export interface AccessToken {
  value: string
  expiresAtMs: number
  /** A forced refresh invalidates earlier tokens at once. */
  killed: boolean
}

export interface Message {
  msgId: string
  openid: string
  templateId: string
  page: string
  miniprogramState: string
  values: Record<string, string>
  sentAtMs: number
}

export interface State {
  clockOffsetMs: number
  people: Person[]
  messages: Message[]
  codes: Map<string, Code>
  tokens: AccessToken[]
  forcedAtMs: number[]
  faults: Fault[]
  quotas: Record<string, Quota>
  usage: Map<string, { window: number; count: number }>
  pushes: Push[]
  pushMode: { secure: boolean; format: 'json' | 'xml' }
  journal: JournalEntry[]
}

export interface World extends State {
  settings: SandboxSettings
  now(): number
  /** Called after people or messages changed, so that they can be stored. */
  changed(): void
  closed: boolean
}

/** A fault for the next `times` requests of this path (`*` is any path). */
export interface Fault {
  path: string
  times: number
  errcode?: number
  /** An HTTP status with a page that is no JSON. */
  status?: number
  delayMs?: number
  /** Cuts the connection before the call is carried out, or after it, so that only the answer is lost. */
  drop?: 'before' | 'after'
}

export interface JournalEntry {
  id: number
  atMs: number
  direction: 'in' | 'out'
  method: string
  path: string
  /** Request and answer, with secrets and phone numbers masked. */
  asked: string
  answered: string
  status: number
  errcode: number
  tookMs: number
}

/** One event for our server, with every attempt to deliver it. */
export interface Push {
  id: number
  openid: string
  event: string
  format: 'json' | 'xml'
  body: string
  attempts: string[]
  heard: boolean
}

export interface Quota {
  perMinute?: number
  perDay?: number
}

/** One endpoint of api.weixin.qq.com. */
export interface Endpoint {
  method: 'GET' | 'POST'
  path: string
  needsToken: boolean
  /** WeChat labels the answers of the sns family as plain text, which keeps clients honest. */
  contentType?: string
  /** JSON as text, because some ids exceed what JSON.stringify can write; or the bytes of a picture. Throws `Refused`. */
  answer(world: World, call: { query: Record<string, unknown>; body: Record<string, unknown> }): string | Buffer
}
