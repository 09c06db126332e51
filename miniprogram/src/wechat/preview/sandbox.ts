/** The preview's stand-in for WeChat: the phone API of the local sandbox, which plays several demo phones. */

interface Preview {
  sandboxUrl: string
  reminderTemplateId: string
  pickupTemplateId: string
}

export interface DemoPhone {
  openid: string
  name: string
  phoneMasked: string
  colour: string
  initials: string
}

const chosenKey = 'pointbook.phone'

let preview: Promise<Preview> | undefined

/** The demo phone of this tab: `?phone=` in the address, otherwise the choice in this tab; '' for none yet. */
export function chosenPhone(): string {
  return new URLSearchParams(location.search).get('phone') ?? sessionStorage.getItem(chosenKey) ?? ''
}

export function hasChosen(): boolean {
  return location.search.includes('phone=') || sessionStorage.getItem(chosenKey) !== null
}

/** Switches to another phone on the home page: the memory of the previous phone must not stay. */
export function choosePhone(openid: string) {
  sessionStorage.setItem(chosenKey, openid)
  location.href = openid ? `${location.pathname}?phone=${encodeURIComponent(openid)}` : location.pathname
}

/** Remains a visitor in this tab, without another prompt. */
export function chooseNoPhone() {
  sessionStorage.setItem(chosenKey, '')
}

export const phones = () => ask<DemoPhone[]>('/phone/list')

export const newPhone = () => ask<DemoPhone>('/phone/create', {})

export const loginCode = (openid: string) => ask<{ code: string }>('/phone/login', { openid })

export const phoneCode = (openid: string, allow: boolean) =>
  ask<{ code?: string; errMsg: string }>('/phone/phone-number', { openid, allow })

export const subscribe = (openid: string, tmplIds: string[], answers: Record<string, string>) =>
  ask<Record<string, string>>('/phone/subscribe', { openid, tmplIds, answers })

/** The names of the templates in WeChat's dialog. */
export async function templateTitles(): Promise<Record<string, string>> {
  const { reminderTemplateId, pickupTemplateId } = await settings()
  return { [reminderTemplateId]: '积分到期提醒', [pickupTemplateId]: '兑换成功通知' }
}

function settings(): Promise<Preview> {
  preview ??= fetch('/m/preview.json').then((answer) => answer.json())
  return preview
}

async function ask<Reply>(path: string, body?: object): Promise<Reply> {
  const { sandboxUrl } = await settings()
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(sandboxUrl + path, body ? post : {})
  if (!answer.ok) throw new Error(`sandbox ${path}: ${answer.status}`)
  return answer.json()
}
