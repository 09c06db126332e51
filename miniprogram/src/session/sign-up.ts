import Taro from '@tarojs/taro'
import { wechat } from '../wechat'
import { isMember } from './session'

const inviterKey = 'inviter'
const sharedKey = 'inviter-shared'

interface Invitation {
  inviteCode: string
  /** Came with an invitation, or with a product that a friend shared. */
  from: 'invite' | 'share'
}

/** True for a member. A visitor is led to sign-up, which comes back to this page when done. */
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
  const code = query.inviter ?? decodeURIComponent(query.scene ?? '').replace(/^i=/, '')
  if (!/^[A-Z0-9]{6,12}$/.test(code)) return
  wechat.write(inviterKey, code)
  wechat.write(sharedKey, query.by === 'share' ? 'share' : '')
}

export function rememberedInvitation(): Invitation | null {
  const inviteCode = wechat.read(inviterKey)
  return inviteCode ? { inviteCode, from: wechat.read(sharedKey) === 'share' ? 'share' : 'invite' } : null
}

export const forgetInviter = () => wechat.write(inviterKey, '')
