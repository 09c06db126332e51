import { Button } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { asButton } from '../components/reach'
import './preview/preview.scss'
import { layRibbon } from './preview/ribbon'
import * as sandbox from './preview/sandbox'
import { MessageSheet, PhoneChooser, PhoneNumberSheet, ScanSheet } from './preview/sheets'
import { show } from './preview/show'
import {
  type AvatarButtonProps,
  type MessageAnswer,
  type PhoneNumberButtonProps,
  type ShareButtonProps,
  unreadablePicture,
  type Wechat,
} from './types'

export const wechat = {
  start() {
    const name = layRibbon(changePhone)
    const openid = sandbox.chosenPhone()
    sandbox.phones().then(
      (list) => name(list.find((phone) => phone.openid === openid)),
      () => name(undefined),
    )
    if (!sandbox.hasChosen()) changePhone()
  },

  // A reload gives the newest version.
  offerUpdate: () => location.reload(),

  serverUrl: '',

  async loginCode() {
    const openid = sandbox.chosenPhone()
    return openid ? (await sandbox.loginCode(openid)).code : null
  },

  async askToMessage(templateIds) {
    const openid = sandbox.chosenPhone()
    if (!openid) return { answers: {}, failure: '请先选择一部手机' }
    const titles = await sandbox.templateTitles()
    const answers = await show<Record<string, MessageAnswer>>((answer) => (
      <MessageSheet templateIds={templateIds} titles={titles} answer={answer} />
    ))
    const result = await sandbox.subscribe(openid, templateIds, answers)
    return { answers: Object.fromEntries(templateIds.map((id) => [id, result[id] as MessageAnswer])), failure: '' }
  },

  scan: () => show<string | null>((answer) => <ScanSheet answer={answer} />),

  // A browser keeps the file, and the person opens it.
  async openSpreadsheet(path, headers) {
    const answer = await fetch(path, { headers })
    if (!answer.ok) return { status: answer.status, body: await answer.json().catch(() => null) }
    const url = URL.createObjectURL(await answer.blob())
    Object.assign(document.createElement('a'), { href: url, download: '会员资料.xlsx' }).click()
    URL.revokeObjectURL(url)
    return { status: answer.status, body: null }
  },

  brighten() {},

  read: (key) => sessionStorage.getItem(ofPhone(key)),
  write: (key, value) => sessionStorage.setItem(ofPhone(key), value),
  remove: (key) => sessionStorage.removeItem(ofPhone(key)),
} satisfies Wechat

const ofPhone = (key: string) => `${key}:${sandbox.chosenPhone()}`

async function changePhone() {
  const current = sandbox.chosenPhone()
  const openid = await show<string | null>((answer) => <PhoneChooser current={current} answer={answer} />)
  if (openid) sandbox.choosePhone(openid)
  else sandbox.chooseNoPhone()
}

export function PhoneNumberButton({ className, disabled, children, onCode, onRefused }: PhoneNumberButtonProps) {
  const ask = async () => {
    if (!sandbox.chosenPhone()) return changePhone()
    const phone = (await sandbox.phones()).find(({ openid }) => openid === sandbox.chosenPhone())
    const allow = await show<boolean>((answer) => (
      <PhoneNumberSheet phoneMasked={phone?.phoneMasked ?? ''} answer={answer} />
    ))
    const { code } = await sandbox.phoneCode(sandbox.chosenPhone(), allow)
    if (code) onCode(code)
    else onRefused('您没有授权手机号，暂时不能成为会员')
  }
  return (
    <Button className={className} disabled={disabled} onClick={ask} {...asButton}>
      {children}
    </Button>
  )
}

export function AvatarButton({ className, disabled, label, children, onPicture, onUnreadable }: AvatarButtonProps) {
  const ask = async () => {
    const { tempFilePaths } = await Taro.chooseImage({ count: 1 })
    if (!tempFilePaths[0]) return
    const picture = await squareJpeg(tempFilePaths[0]).catch(() => '')
    if (picture) onPicture(picture)
    else onUnreadable(unreadablePicture)
  }
  return (
    <Button className={className} disabled={disabled} onClick={ask} {...asButton} aria-label={label}>
      {children}
    </Button>
  )
}

/** WeChat returns small square avatars, so the preview does too. */
async function squareJpeg(url: string): Promise<string> {
  const edge = 264
  const picture = await createImageBitmap(await (await fetch(url)).blob())
  const side = Math.min(picture.width, picture.height)
  const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge })
  const left = (picture.width - side) / 2
  const top = (picture.height - side) / 2
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, edge, edge)
  return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
}

export function ShareButton({ className, disabled, children, path }: ShareButtonProps) {
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${path}`)
    Taro.showToast({ title: '演示：邀请链接已复制，可用另一部手机打开', icon: 'none' })
  }
  return (
    <Button className={className} disabled={disabled} onClick={copy} {...asButton}>
      {children}
    </Button>
  )
}
