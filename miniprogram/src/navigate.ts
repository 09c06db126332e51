import Taro from '@tarojs/taro'
import { asMember } from './session/sign-up'

const tabs = ['/pages/home/index', '/pages/mall/index', '/pages/code/index', '/pages/me/index'] as const

/** Opens a page, tab or not; WeChat wants another call for each. */
export function open(url: string) {
  if (tabs.some((tab) => url.startsWith(tab))) Taro.switchTab({ url })
  else Taro.navigateTo({ url })
}

/** Opens a page for members; visitors are led to the sign-up first. */
export function openAsMember(url: string) {
  if (asMember()) open(url)
}

const lookEveryMs = 20
const mostLooks = 50

/**
 * Back to the previous page, or home after a direct link. Resolves when that page is in front, because a toast shown earlier
 * would disappear with the page.
 */
export async function goBack() {
  const left = Taro.getCurrentInstance().page
  if (Taro.getCurrentPages().length > 1) await Taro.navigateBack()
  else await Taro.switchTab({ url: tabs[0] })
  for (let looks = 0; looks < mostLooks && Taro.getCurrentInstance().page === left; looks++)
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
}
