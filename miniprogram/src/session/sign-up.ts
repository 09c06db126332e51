import Taro from '@tarojs/taro'
import { wechat } from '../wechat'
import { isMember } from './session'

const inviterKey = 'inviter'

/** True for a member. A visitor is led to sign-up, which comes back to this page when done. */
export function asMember(): boolean {
  if (isMember()) return true
  Taro.navigateTo({ url: '/member/sign-up/index' })
  return false
}

/**
 * Remembers who invited until this person signs up: from the query of a shared page (`inviter=CODE`) or of a scanned
 * mini-program code, whose `scene` (`i=CODE`) arrives URL-encoded.
 */
export function rememberInviter(query: Record<string, string | undefined>) {
  const code = query.inviter ?? decodeURIComponent(query.scene ?? '').replace(/^i=/, '')
  if (/^[A-Z0-9]{6,12}$/.test(code)) wechat.write(inviterKey, code)
}

export const rememberedInviter = (): string => wechat.read(inviterKey)

export const forgetInviter = () => wechat.write(inviterKey, '')
