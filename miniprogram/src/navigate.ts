import Taro from '@tarojs/taro'
import { asMember } from './session/sign-up'

const tabs = ['/pages/home/index', '/pages/mall/index', '/pages/code/index', '/pages/me/index'] as const

/** Opens a page, tab or not; WeChat wants another call for each. */
export function open(url: string) {
  if (tabs.some((tab) => url.startsWith(tab))) Taro.switchTab({ url })
  else Taro.navigateTo({ url })
}

/** Opens a page that is a member's own; a visitor comes to sign-up first. */
export function openAsMember(url: string) {
  if (asMember()) open(url)
}

/** Back to the page before, or home when a link led straight here. */
export async function goBack() {
  if (Taro.getCurrentPages().length > 1) await Taro.navigateBack()
  else await Taro.switchTab({ url: tabs[0] })
}
