import { client, Refused, refusedBy } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useSyncExternalStore } from 'react'
import { sendAs, textOf } from '../api/wire'
import { forgetText, keepText, readKept } from '../kept'
import { wechat } from '../wechat'

type Tokens = Pick<Api['POST /session/refresh']['reply'], 'accessToken' | 'refreshToken'>
type Standing = 'starting' | 'unreached' | 'visitor' | 'member'

/** What clerks have typed at the till: it belongs to who is logged in. */
export const draftsKey = 'till-drafts'

const storageKey = 'session'
const loggedOut = 'logged-out'
const call = client(sendAs(undefined))
const listeners = new Set<() => void>()

let standing: Standing = 'starting'
let farewell = ''
let trouble = ''
let tokens: Tokens | null = null
let beginning: Promise<void> | null = null
let loggingIn: Promise<string> | null = null
let renewing: Promise<void> | null = null

export const accessToken = (): string | undefined => tokens?.accessToken

/**
 * Everything may be looked at as a visitor. 'starting' lasts until the silent log-in has answered; 'unreached' is somebody
 * of whom nobody knows who it is, because the server or WeChat could not be asked.
 */
export function useStanding(): Standing {
  return useSyncExternalStore(watchStanding, () => standing)
}

/** Why somebody whose membership has ended is a visitor again, in the shop's words; '' for everybody else. */
export function useFarewell(): string {
  return useSyncExternalStore(watchStanding, () => farewell)
}

/** Why it is not known who this is, in words; '' when it is. */
export function useTrouble(): string {
  return useSyncExternalStore(watchStanding, () => trouble)
}

export const isMember = (): boolean => standing === 'member'

/** Finds out who this is, unless that is known. May be called as often as there is hope that it succeeds now. */
export function beginSession(): Promise<void> {
  if (standing === 'visitor' || standing === 'member') return Promise.resolve()
  beginning ??= takeUpOrLogIn().finally(() => {
    beginning = null
  })
  return beginning
}

/** Takes up the kept session, else logs in silently: wx.login asks the person for nothing. */
async function takeUpOrLogIn() {
  const kept = readKept(storageKey)
  if (kept === loggedOut) return become('visitor', null)
  const found = tokensIn(kept)
  if (found) return become('member', found)
  try {
    await logIn()
  } catch (error) {
    if (isVerdict(error)) takeLeave(error)
    else become('unreached', null, textOf(error))
  }
}

/**
 * Logs in by WeChat, once however many ask: a second code would make the first invalid. Answers '' for a member, and for a
 * stranger the ticket to sign up with. Throws `Refused`.
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
  become('visitor', null)
  return reply?.signUpTicket ?? ''
}

/** Begins a member's session with tokens just received. */
export function keep(received: Tokens) {
  keepText(storageKey, JSON.stringify(received))
  become('member', received)
}

/** Gets new tokens after a 401, once however many requests ask. Throws when the server cannot say whose session it is. */
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

/** Ends a login on the server. An access token that has ended meanwhile is renewed for it, or the login would live on. */
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
    // Whoever has logged out meanwhile stays logged out.
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
 * Whether our server has judged who this is. An outage, a full house, a used-up WeChat code or a proxy in between says
 * nothing about the person: the session stays, and the next call tries again.
 */
function isVerdict(error: unknown): error is Refused {
  if (!(error instanceof Refused) || error.code.startsWith('http.')) return false
  return error.status < 500 && error.status !== 429 && !refusedBy<'POST /session/wechat'>(error, 'wechat.code-invalid')
}

/** A log-in that was refused leaves a visitor, who is told when it will be refused for good. */
function takeLeave(error: Refused) {
  farewell = refusedBy<'POST /session/wechat'>(error, 'member.cancelled') ? error.text : ''
  forgetText(draftsKey)
  become('visitor', null)
}

/** What an older release or half a write has left is no session. */
function tokensIn(kept: string): Tokens | null {
  try {
    const found: Partial<Tokens> | null = JSON.parse(kept)
    const { accessToken, refreshToken } = found ?? {}
    const isWhole = typeof accessToken === 'string' && typeof refreshToken === 'string'
    return isWhole ? { accessToken, refreshToken } : null
  } catch {
    return null
  }
}

function become(next: Standing, received: Tokens | null, why = '') {
  standing = next
  tokens = received
  trouble = why
  for (const listener of listeners) listener()
}

/** Calls whenever somebody else may be using the phone. */
export function watchStanding(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
