import { client, Refused, refusedBy } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useSyncExternalStore } from 'react'
import { sendAs, textOf } from '../api/wire'
import { forgetText, keepText, readKept } from '../kept'
import { wechat } from '../wechat'

type Tokens = Pick<Api['POST /session/refresh']['reply'], 'accessToken' | 'refreshToken'>
type Standing = 'starting' | 'unreached' | 'visitor' | 'member'

/** The clerks' input at the till, which belongs to the session. */
export const draftsKey = 'till-drafts'

const storageKey = 'session'
const loggedOut = 'logged-out'
const call = client(sendAs(undefined))
const listeners = new Set<() => void>()

let standing: Standing = 'starting'
let farewell = ''
let trouble = ''
let rebindingDueAt = ''
let tokens: Tokens | null = null
let beginning: Promise<void> | null = null
let loggingIn: Promise<string> | null = null
let renewing: Promise<void> | null = null

export const accessToken = (): string | undefined => tokens?.accessToken

/**
 * Visitors may see all public pages. 'starting' lasts until the silent log-in has answered; 'unreached': the identity is unknown,
 * because the server or WeChat could not be reached.
 */
export function useStanding(): Standing {
  return useSyncExternalStore(watchStanding, () => standing)
}

/** The reason why a former member is a visitor, in the shop's words; '' otherwise. */
export function useFarewell(): string {
  return useSyncExternalStore(watchStanding, () => farewell)
}

/** The reason why the identity is unknown, in words; '' when it is known. */
export function useTrouble(): string {
  return useSyncExternalStore(watchStanding, () => trouble)
}

/** When this WeChat account will be bound to the member whose phone number it has proved; '' without a request. */
export function useRebindingDueAt(): string {
  return useSyncExternalStore(watchStanding, () => rebindingDueAt)
}

export const isMember = (): boolean => standing === 'member'

/** Determines the identity unless it is known. May be called again whenever it may succeed. */
export function beginSession(): Promise<void> {
  if (standing === 'visitor' || standing === 'member') return Promise.resolve()
  beginning ??= takeUpOrLogIn().finally(() => {
    beginning = null
  })
  return beginning
}

/** Resumes the stored session, otherwise logs in silently: wx.login does not prompt. */
async function takeUpOrLogIn() {
  const kept = readKept(storageKey)
  if (kept === loggedOut) return become('visitor', null)
  const pair = tokensIn(kept)
  if (pair) return become('member', pair)
  try {
    await logIn()
  } catch (error) {
    if (isVerdict(error)) takeLeave(error)
    else become('unreached', null, textOf(error))
  }
}

/**
 * Logs in by WeChat, once for simultaneous callers: a second code would invalidate the first. Returns '' for a member, and a
 * sign-up ticket for others. Throws `Refused`.
 */
export function logIn(): Promise<string> {
  loggingIn ??= logInByCode().finally(() => {
    loggingIn = null
  })
  return loggingIn
}

async function logInByCode(): Promise<string> {
  const code = await wechat.loginCode()
  const reply = code ? await call('POST /session/wechat', { code }) : null
  if (reply?.known) {
    keep(reply.tokens)
    return ''
  }
  rebindingDueAt = reply?.rebindingDueAt ?? ''
  become('visitor', null)
  return reply?.signUpTicket ?? ''
}

/** Begins a member's session with tokens just received. */
export function keep(received: Tokens) {
  keepText(storageKey, JSON.stringify(received))
  become('member', received)
}

/** Gets new tokens after a 401, once for simultaneous requests. Throws when the server cannot answer. */
export function renew(): Promise<void> {
  renewing ??= refreshOrLogIn().finally(() => {
    renewing = null
  })
  return renewing
}

export async function logOut() {
  const ended = tokens
  keepText(storageKey, loggedOut)
  forgetText(draftsKey)
  become('visitor', null)
  if (ended) await endLogin(ended).catch(() => {})
}

/** Ends a login on the server. An expired access token is renewed first, otherwise the login would stay open. */
async function endLogin({ accessToken, refreshToken }: Tokens) {
  try {
    await client(sendAs(accessToken))('DELETE /session')
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error
    const renewed = await call('POST /session/refresh', { refreshToken })
    await client(sendAs(renewed.accessToken))('DELETE /session')
  }
}

async function refreshOrLogIn() {
  const outdated = tokens
  if (!outdated) return
  try {
    const renewed = await call('POST /session/refresh', { refreshToken: outdated.refreshToken })
    // A log-out in the meantime stays in effect.
    if (tokens === outdated) keep(renewed)
    return
  } catch (error) {
    if (!isVerdict(error)) throw error
  }
  if (tokens !== outdated) return
  forgetText(storageKey)
  try {
    await logIn()
  } catch (error) {
    if (!isVerdict(error)) throw error
    takeLeave(error)
  }
}

/**
 * Whether our server has decided about the session. An outage, an overload, a used WeChat code or a proxy says nothing about it:
 * the session stays, and the next call tries again.
 */
function isVerdict(error: unknown): error is Refused {
  if (!(error instanceof Refused) || error.code.startsWith('http.')) return false
  return error.status < 500 && error.status !== 429 && !refusedBy<'POST /session/wechat'>(error, 'wechat.code-invalid')
}

/** After a refused log-in the person is a visitor, with the reason when the refusal is permanent. */
function takeLeave(error: Refused) {
  farewell = refusedBy<'POST /session/wechat'>(error, 'member.cancelled') ? error.text : ''
  forgetText(draftsKey)
  become('visitor', null)
}

/** Data of an older release or of an incomplete write are not a session. */
function tokensIn(kept: string): Tokens | null {
  try {
    const pair: Partial<Tokens> | null = JSON.parse(kept)
    const { accessToken, refreshToken } = pair ?? {}
    const isWhole = typeof accessToken === 'string' && typeof refreshToken === 'string'
    return isWhole ? { accessToken, refreshToken } : null
  } catch {
    return null
  }
}

function become(next: Standing, received: Tokens | null, why = '') {
  standing = next
  if (next === 'member') rebindingDueAt = ''
  tokens = received
  trouble = why
  for (const listener of listeners) listener()
}

/** Called whenever another person may be using the phone. */
export function watchStanding(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
