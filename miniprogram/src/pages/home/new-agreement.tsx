import { isChanged } from '@pointbook/shared/client'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { toast, useWrite } from '../../api/use-write'
import { Button } from '../../components/button'
import { Sheet } from '../../components/sheet'
import { Tap } from '../../components/tap'
import { keepText, readKept } from '../../kept'
import { open } from '../../navigate'
import './new-agreement.scss'

const key = 'agreement-later'
const AGAIN_MS = 7 * 86_400_000

const isPostponed = () => Date.now() - Number(readKept(key) || 0) < AGAIN_MS

/** Asks a member who has agreed to an earlier version for the newest one: at a start, and again a week after a "not now". */
export function NewAgreement() {
  const me = useMe()
  const [closed, setClosed] = useState(isPostponed)
  // A new WeChat that asks to be bound cannot wait; the agreement can.
  const isDue = !closed && !!me.data?.agreementOutdated && !me.data.rebinding
  const agreement = useLoad(isDue ? () => call('GET /agreement') : null, [isDue])
  const [agree, busy] = useWrite('POST /me/agreement', (error) => {
    toast(error)
    if (isChanged(error)) agreement.reload()
  })
  if (!isDue || !agreement.data) return null
  const { version, changes } = agreement.data
  const close = () => setClosed(true)
  const later = () => {
    keepText(key, String(Date.now()))
    close()
  }
  const read = () => {
    close()
    open('/member/agreement/index')
  }
  const yes = async () => {
    if (!(await agree({ version }))) return
    close()
    await me.reload()
    Taro.showToast({ title: `已同意第 ${version} 版`, icon: 'none' })
  }
  return (
    <Sheet
      open
      title="会员协议有了新的一版"
      onClose={later}
      footer={
        <>
          <Button kind="quiet" onTap={later}>
            暂不同意
          </Button>
          <Button busy={busy} onTap={yes}>
            同意并继续
          </Button>
        </>
      }
    >
      <View className="new-agreement">{changes ? `有变化的地方：${changes}。` : '内容有更新。'}</View>
      <View className="quiet">
        暂不同意也没关系：积分和会员照旧，按您上次同意的版本办；照样可以导出资料、注销会员。
      </View>
      <Tap className="new-agreement-link" onTap={read}>
        查看全文
      </Tap>
    </Sheet>
  )
}
