import type { PropsWithChildren } from 'react'

/** What WeChat answers for each template of wx.requestSubscribeMessage. */
export type MessageAnswer = 'accept' | 'reject' | 'ban' | 'filter'

/** What differs between WeChat and the browser preview. Both builds export `wechat` and the buttons below. */
export interface Wechat {
  /** Begins what the platform needs before the first page. */
  start(): void
  /** Address of our server, without a slash at the end. */
  serverUrl: string
  /** A fresh wx.login code, good once and for five minutes; null when there is no phone to log in with. */
  loginCode(): Promise<string | null>
  /** wx.requestSubscribeMessage. WeChat allows it from a tap only, so call it before anything is awaited. */
  askToMessage(templateIds: string[]): Promise<Record<string, MessageAnswer>>
  /** What a QR or bar code says; null when the person cancelled. */
  scan(): Promise<string | null>
  /** Bright and awake while a code is shown; false gives the screen back as it was. */
  brighten(on: boolean): void
  /** Small texts that outlive the page, one set for each person using this device. */
  read(key: string): string
  write(key: string, value: string): void
}

interface ButtonProps extends PropsWithChildren {
  className?: string
  disabled?: boolean
}

export interface PhoneNumberButtonProps extends ButtonProps {
  /** A phone code, good once and for five minutes; only our server can turn it into a number. */
  onCode(phoneCode: string): void
  /** The person said no, or WeChat could not ask. */
  onRefused(text: string): void
}

export interface AvatarButtonProps extends ButtonProps {
  /** The chosen picture as bare base64. */
  onPicture(base64: string): void
}

export type ShareButtonProps = ButtonProps & {
  /** Page and query the friend lands on. In WeChat the page's useShareAppMessage says the same. */
  path: string
}
