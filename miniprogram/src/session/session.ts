import { client, Refused } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { useSyncExternalStore } from 'react'
import { sendAs } from '../api/wire'
import { wechat } from '../wechat'

type Tokens = Api['POST /session/refresh']['reply']
type Standing = 'starting' | 'visitor' | 'member'

const storageKey = 'session'
const loggedOut = 'logged-out'
const call = client(sendAs(undefined))
const listeners = new Set<() => void>()

let standing: Standing = 'starting'
let farewell = ''
let tokens: Tokens | null = null
let renewing: Promise<boolean> | null = null

export const accessToken = (): string | undefined => tokens?.accessToken

/** Everything may be looked at as a visitor; 'starting' lasts until the silent log-in has answered. */
export function useStanding(): Standing {
  return useSyncExternalStore(subscribe, () => standing)
}

/** Why somebody whose membership has ended is a visitor again, in the shop's words; '' for everybody else. */
export function useFarewell(): string {
  return useSyncExternalStore(subscribe, () => farewell)
}

export const isMember = (): boolean => standing === 'member'

/** Takes up the kept session, else logs in silently: wx.login asks the person for nothing. */
export async function beginSession() {
  const kept = wechat.read(storageKey)
  if (kept === loggedOut) return become('visitor', null)
  if (kept) return become('member', JSON.parse(kept) as Tokens)
  try {
    await logIn()
  } catch (error) {
    takeLeave(error)
  }
}

/** Logs in by WeChat. Answers '' for a member, and for a stranger the ticket to sign up with. Throws `Refused`. */
export async function logIn(): Promise<string> {
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
  wechat.write(storageKey, JSON.stringify(received))
  become('member', received)
}

/** Gets new tokens after a 401, once however many requests ask; false when the person is a visitor now. */
export function renew(): Promise<boolean> {
  renewing ??= refreshOrLogIn().finally(() => {
    renewing = null
  })
  return renewing
}

export async function logOut() {
  const token = accessToken()
  wechat.write(storageKey, loggedOut)
  become('visitor', null)
  await client(sendAs(token))('DELETE /session').catch(() => {})
}

async function refreshOrLogIn(): Promise<boolean> {
  if (!tokens) return false
  try {
    keep(await call('POST /session/refresh', { refreshToken: tokens.refreshToken }))
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    wechat.write(storageKey, '')
    const ticket = await logIn().catch((failure) => {
      if (failure instanceof Refused) takeLeave(failure)
      return 'failed'
    })
    return ticket === '' && isMember()
  }
}

/** A log-in that failed leaves a visitor, who is told when it will fail for good. */
function takeLeave(error: unknown) {
  farewell = error instanceof Refused && error.code === 'member.cancelled' ? error.text : ''
  become('visitor', null)
}

function become(next: Standing, received: Tokens | null) {
  standing = next
  tokens = received
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
