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
 * Remembers who invited, from the query of a shared page (`inviter`) or of a scanned mini-program code
 * (`scene`, which arrives URL-encoded and without names), until this person signs up.
 */
export function rememberInviter(query: Record<string, string | undefined>) {
  const code = query.inviter ?? decodeURIComponent(query.scene ?? '')
  if (/^[A-Z0-9]{6,12}$/.test(code)) wechat.write(inviterKey, code)
}

export const rememberedInviter = (): string => wechat.read(inviterKey)

export const forgetInviter = () => wechat.write(inviterKey, '')
