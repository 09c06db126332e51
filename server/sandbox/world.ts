import type { Fault } from './faults.ts'
import type { JournalEntry } from './journal.ts'
import { seedPeople } from './people.ts'
import type { Push } from './push.ts'
import { defaultQuotas, type Quota } from './quotas.ts'

export interface SandboxSettings {
  appId: string
  appSecret: string
  templates: Template[]
  /** Milliseconds since 1970; the control API adds to it. The machine's clock unless given. */
  clock?: () => number
  /** Where message push goes; without it nothing is pushed. */
  pushUrl?: string
  pushToken: string
  /** 43 characters for secure mode, '' for plain mode. */
  pushAesKey: string
  /** The wait before a push that was not heard is sent again; 5,000 ms unless told. */
  pushRetryMs?: number
  /** The browser preview of the mini-program, with a slash at the end. */
  previewUrl?: string
  /** Paths of the released mini-program; without them every well-formed path passes. */
  pages?: string[]
  /** Where people and their messages are kept between runs; in memory only unless given. */
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
  /** A forced refresh kills the tokens before it at once. */
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

interface State {
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
  /** Called after people or messages changed, so that they can be kept. */
  changed(): void
  closed: boolean
}

export function createWorld(settings: SandboxSettings): World {
  const clock = settings.clock ?? Date.now
  const world: World = {
    ...beginning(settings),
    settings,
    now: () => clock() + world.clockOffsetMs,
    changed: () => {},
    closed: false,
  }
  return world
}

/** As on the first day. */
export function beginning(settings: SandboxSettings): State {
  return {
    clockOffsetMs: 0,
    people: seedPeople(settings.appId),
    messages: [],
    codes: new Map(),
    tokens: [],
    forcedAtMs: [],
    faults: [],
    quotas: structuredClone(defaultQuotas),
    usage: new Map(),
    pushes: [],
    pushMode: { secure: settings.pushAesKey !== '', format: 'json' },
    journal: [],
  }
}
