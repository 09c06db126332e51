import type { PropsWithChildren } from 'react'

/** WeChat's answer for each template of wx.requestSubscribeMessage; accepting with or without a sound counts as accepted. */
export type MessageAnswer = 'accept' | 'reject' | 'ban' | 'filter'

/**
 * The interface to WeChat, with one implementation for WeChat and one for the browser preview. Both builds export `wechat` and
 * the buttons below.
 */
export interface Wechat {
  /** Begins what the platform needs before the first page. */
  start(): void
  /** The server no longer serves this release: offers the person to change to the newer one. */
  offerUpdate(): void
  /** Address of our server, without a slash at the end. */
  serverUrl: string
  /** A fresh wx.login code, good once and for five minutes; null when there is no phone to log in with. */
  loginCode(): Promise<string | null>
  /**
   * wx.requestSubscribeMessage: the answer for each template, and the reason why WeChat could not ask, in words, or ''. It is
   * allowed from a tap only, so call it before anything is awaited.
   */
  askToMessage(templateIds: string[]): Promise<{ answers: Record<string, MessageAnswer>; failure: string }>
  /** The content of a QR or bar code; null when the person cancelled. */
  scan(): Promise<string | null>
  /**
   * Fetches a spreadsheet from our server and shows it. `status` and `body` are those of our server when it refused; throws when
   * no answer came, or when the file cannot be shown.
   */
  openSpreadsheet(path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }>
  /** Bright and awake while a code is shown; false gives the screen back as it was. */
  brighten(on: boolean): void
  /** Small stored texts, one set per person using this device. All of them may throw: see `kept.ts`. */
  read(key: string): unknown
  write(key: string, value: string): void
  remove(key: string): void
}

interface ButtonProps extends PropsWithChildren {
  className?: string
  disabled?: boolean
}

export interface PhoneNumberButtonProps extends ButtonProps {
  /** A phone code, good once and for five minutes; only our server can turn it into a number. */
  onCode(phoneCode: string): void
  /** The person refused, or WeChat could not ask. */
  onRefused(text: string): void
}

/** The most that our server takes of a picture, in base64. */
export const mostPictureChars = 2_000_000

export const unreadablePicture = '这张图片读不出来，请换一张照片'
export const hugePicture = '这张图片太大了，请截小一点再试'

export interface AvatarButtonProps extends ButtonProps {
  /** Text for screen readers. */
  label: string
  /** The chosen picture as bare base64, small enough for our server. */
  onPicture(base64: string): void
  /** The remedy, in words: the picture could not be read, or not be made small enough. */
  onUnreadable(text: string): void
}

export type ShareButtonProps = ButtonProps & {
  /** Page and query the friend lands on. In WeChat the page's useShareAppMessage says the same. */
  path: string
}
