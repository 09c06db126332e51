import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { Sheet } from '../../components/sheet'
import { whenText } from '../../time'

interface Props {
  rebinding: NonNullable<Api['GET /me']['reply']['rebinding']>
  onDecided(): void
}

/** Another WeChat account asks to be bound in place of this one; the member answers. */
export function Rebinding({ rebinding: { rebindingId, dueAt }, onDecided }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [act, busy] = useAct()
  const answer = async (accept: boolean) => {
    const done = await act(() => call('POST /me/rebinding', { rebindingId, accept }))
    setOpen(false)
    onDecided()
    if (done) Taro.showToast({ title: accept ? '已同意，新的微信可以登录了' : '已拒绝换绑', icon: 'none' })
  }
  const footer = (
    <>
      <Button kind="quiet" busy={busy} onTap={() => answer(true)}>
        是我，马上换
      </Button>
      <Button kind="danger" busy={busy} onTap={() => answer(false)}>
        不是我，拒绝
      </Button>
    </>
  )
  return (
    <>
      <Notice icon="alert" stop onTap={() => setOpen(true)}>
        有新的微信申请换绑您的会员，点这里处理
      </Notice>
      <Sheet open={isOpen} title="有新的微信申请换绑" footer={footer} onClose={() => setOpen(false)}>
        <View>
          有人用您的手机号，申请把会员换到另一个微信。不拒绝的话，{whenText(dueAt)}{' '}
          生效：新的微信可以使用您的积分，这个微信退出登录。
        </View>
      </Sheet>
    </>
  )
}
