import { Button } from '@tarojs/components'
import Taro from '@tarojs/taro'
import {
  type AvatarButtonProps,
  hugePicture,
  type MessageAnswer,
  mostPictureChars,
  type PhoneNumberButtonProps,
  type ShareButtonProps,
  unreadablePicture,
  type Wechat,
} from './types'
import { offerUpdate, watchForUpdate } from './update'

let brightnessBefore: number | null = null

export const wechat = {
  start: watchForUpdate,

  offerUpdate: () => void offerUpdate(),

  serverUrl: process.env.TARO_APP_API,

  async loginCode() {
    const { code } = await Taro.login()
    return code
  },

  async askToMessage(templateIds) {
    try {
      const result = await Taro.requestSubscribeMessage({ tmplIds: templateIds, entityIds: [] })
      const answers = Object.entries(result).filter(([id]) => templateIds.includes(id))
      return { answers: Object.fromEntries(answers.map(([id, said]) => [id, answerIn(String(said))])), failure: '' }
    } catch (error) {
      return { answers: {}, failure: whyNotAsked(error as { errCode?: number }) }
    }
  },

  async scan() {
    try {
      return (await Taro.scanCode({ scanType: ['qrCode', 'barCode'] })).result
    } catch {
      return null
    }
  },

  async openSpreadsheet(path, headers) {
    const url = process.env.TARO_APP_API + path
    const { statusCode: status, tempFilePath: filePath } = await Taro.downloadFile({ url, header: headers })
    if (status !== 200) return { status, body: refusalIn(filePath) }
    await Taro.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
    return { status, body: null }
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
  remove: (key) => Taro.removeStorageSync(key),
} satisfies Wechat

/** What our server said instead of a file. */
function refusalIn(path: string): unknown {
  try {
    return JSON.parse(Taro.getFileSystemManager().readFileSync(path, 'utf8') as string)
  } catch {
    return null
  }
}

/** `acceptWithAudio`, `acceptWithAlert` and `acceptWithForcePush` accept too. */
const answerIn = (said: string): MessageAnswer =>
  said.startsWith('accept') ? 'accept' : ((['ban', 'filter'] as const).find((known) => known === said) ?? 'reject')

// https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
const mainSwitchOff = 20004

const whyNotAsked = ({ errCode }: { errCode?: number }): string =>
  errCode === mainSwitchOff
    ? '微信里关闭了订阅消息，可在小程序右上角「…」的设置里打开'
    : '微信暂时无法开启提醒，请稍后再试'

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

export function AvatarButton({ className, disabled, label, children, onPicture, onUnreadable }: AvatarButtonProps) {
  const take = async (path: string) => {
    try {
      const picture = await smallEnough(path)
      if (picture) onPicture(picture)
      else onUnreadable(hugePicture)
    } catch {
      onUnreadable(unreadablePicture)
    }
  }
  return (
    <Button
      className={className}
      disabled={disabled}
      openType="chooseAvatar"
      aria-label={label}
      onChooseAvatar={({ detail }) => take(detail.avatarUrl)}
    >
      {children}
    </Button>
  )
}

/** The picture as base64, made smaller until our server takes it; '' when even the smallest is too large. */
async function smallEnough(path: string): Promise<string> {
  const asItIs = base64Of(path)
  if (asItIs.length <= mostPictureChars) return asItIs
  for (const edge of [1_024, 512]) {
    const smaller = await scaled(path, edge).catch(() => '')
    if (smaller && smaller.length <= mostPictureChars) return smaller
  }
  return ''
}

async function scaled(path: string, edge: number): Promise<string> {
  const { tempFilePath } = await Taro.compressImage({ src: path, quality: 80, compressedWidth: edge })
  return base64Of(tempFilePath)
}

/** Throws when the file cannot be read. */
function base64Of(path: string): string {
  const text = Taro.getFileSystemManager().readFileSync(path, 'base64') as string
  if (!text) throw new Error('an empty file')
  return text
}

export function ShareButton({ className, disabled, children }: ShareButtonProps) {
  return (
    <Button className={className} disabled={disabled} openType="share">
      {children}
    </Button>
  )
}
