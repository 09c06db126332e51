/** The number a member is known by, at least eight digits. */
export const memberNo = (memberId: number): string => String(memberId).padStart(8, '0')

/** How a member came to the shop, by the code stored in `members.source`. */
export const sources = {
  'mini-program': '微信小程序',
  invitation: '好友邀请',
  share: '好友分享商品',
  import: '历史导入',
  rejoin: '注销后重新加入',
} as const

export type Source = keyof typeof sources

/** Whether a friend brought them, who may be rewarded for what they buy. */
export const isInvited = (source: string): boolean => source === 'invitation' || source === 'share'

/** `13812345678` → `138****5678`; of a shorter number only the last four digits stay. */
export const maskPhone = (phone: string): string =>
  `${phone.slice(0, Math.max(0, phone.length - 8))}****${phone.slice(-4)}`

export const defaultNickname = (phone: string): string => `微信用户${phone.slice(-4)}`

/** A nickname that identifies nobody: `林小满` → `林*满`, `小林` → `小*`. */
export function maskName(nickname: string): string {
  const [first = '', ...rest] = [...nickname]
  return rest.length > 1 ? `${first}*${rest.at(-1)}` : `${first}*`
}
