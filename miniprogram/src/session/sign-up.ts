import Taro from '@tarojs/taro'
import { forgetText, keepText, readKept } from '../kept'
import { readParams } from '../launch'
import { isMember } from './session'

const inviterKey = 'inviter'
const sharedKey = 'inviter-shared'

interface Invitation {
  inviteCode: string
  /** Came with an invitation, or with a product that a friend shared. */
  from: 'invite' | 'share'
}

/** True for a member. A visitor is led to the sign-up, which returns to this page. */
export function asMember(): boolean {
  if (isMember()) return true
  Taro.navigateTo({ url: '/member/sign-up/index' })
  return false
}

/**
 * Remembers who invited until this person signs up: from the query of a shared page (`inviter=CODE`, with `by=share` on a
 * product's) or of a scanned mini-program code, whose `scene` (`i=CODE`) arrives URL-encoded.
 */
export function rememberInviter(query: Record<string, string | undefined>) {
  const { inviter, scene = '', by } = readParams(query)
  const code = inviter ?? scene.replace(/^i=/, '')
  if (!/^[A-Z0-9]{6,12}$/.test(code)) return
  keepText(inviterKey, code)
  keepText(sharedKey, by === 'share' ? 'share' : '')
}

export function rememberedInvitation(): Invitation | null {
  const inviteCode = readKept(inviterKey)
  return inviteCode ? { inviteCode, from: readKept(sharedKey) === 'share' ? 'share' : 'invite' } : null
}

export const forgetInviter = () => forgetText(inviterKey)
