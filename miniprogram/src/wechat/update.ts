import Taro from '@tarojs/taro'

let ready = false
let wanted = false
let asking = false

/** Follows WeChat's look for a newer mini-program, which it makes at every cold start. */
export function watchForUpdate() {
  const manager = Taro.getUpdateManager()
  manager.onUpdateReady(() => {
    ready = true
    if (wanted) manager.applyUpdate()
    else offerUpdate()
  })
  manager.onUpdateFailed(() => {
    if (wanted) tell('新版本没有下载成功。请在微信里删除这个小程序，再搜索打开一次')
  })
}

/** Offers to restart with the newer mini-program. Input on the page would be lost, so the person decides when. */
export async function offerUpdate() {
  if (asking) return
  asking = true
  const { confirm } = await Taro.showModal({
    title: '请更新小程序',
    content: '有了新版本，更新后才能继续使用。更新只要几秒钟。',
    confirmText: '立即更新',
    cancelText: '稍后',
  })
  asking = false
  if (!confirm) return
  wanted = true
  if (ready) Taro.getUpdateManager().applyUpdate()
  else tell('正在下载新版本，完成后会自动重启')
}

const tell = (title: string) => void Taro.showToast({ title, icon: 'none', duration: 4_000 })
