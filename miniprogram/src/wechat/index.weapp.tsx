import { Button } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { AvatarButtonProps, MessageAnswer, PhoneNumberButtonProps, ShareButtonProps, Wechat } from './types'

let brightnessBefore: number | null = null

export const wechat = {
  start() {},

  serverUrl: process.env.TARO_APP_API,

  async loginCode() {
    const { code } = await Taro.login()
    return code
  },

  async askToMessage(templateIds) {
    const result = await Taro.requestSubscribeMessage({ tmplIds: templateIds, entityIds: [] })
    const answers = Object.entries(result).filter(([id]) => templateIds.includes(id))
    return Object.fromEntries(answers) as Record<string, MessageAnswer>
  },

  async scan() {
    try {
      return (await Taro.scanCode({ scanType: ['qrCode', 'barCode'] })).result
    } catch {
      return null
    }
  },

  async brighten(on) {
    await Taro.setKeepScreenOn({ keepScreenOn: on })
    if (on) {
      brightnessBefore ??= (await Taro.getScreenBrightness()).value
      await Taro.setScreenBrightness({ value: 1 })
    } else if (brightnessBefore !== null) {
      await Taro.setScreenBrightness({ value: brightnessBefore })
      brightnessBefore = null
    }
  },

  read: (key) => Taro.getStorageSync(key),
  write: (key, value) => Taro.setStorageSync(key, value),
} satisfies Wechat

export function PhoneNumberButton({ className, disabled, children, onCode, onRefused }: PhoneNumberButtonProps) {
  return (
    <Button
      className={className}
      disabled={disabled}
      openType="getPhoneNumber"
      onGetPhoneNumber={({ detail }) => {
        if (detail.code) onCode(detail.code)
        else onRefused(whyNoPhone(detail.errMsg))
      }}
    >
      {children}
    </Button>
  )
}

function whyNoPhone(errMsg: string): string {
  return errMsg.includes('deny') ? '您没有授权手机号，暂时不能成为会员' : '微信暂时无法提供手机号，请稍后再试'
}

export function AvatarButton({ className, disabled, children, onPicture }: AvatarButtonProps) {
  return (
    <Button
      className={className}
      disabled={disabled}
      openType="chooseAvatar"
      onChooseAvatar={({ detail }) => onPicture(base64Of(detail.avatarUrl))}
    >
      {children}
    </Button>
  )
}

function base64Of(path: string): string {
  return Taro.getFileSystemManager().readFileSync(path, 'base64') as string
}

export function ShareButton({ className, disabled, children }: ShareButtonProps) {
  return (
    <Button className={className} disabled={disabled} openType="share">
      {children}
    </Button>
  )
}
