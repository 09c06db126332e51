import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useWrite } from '../../api/use-write'
import { buttonLook } from '../../components/button'
import { Sheet } from '../../components/sheet'
import { isMember, logIn } from '../../session/session'
import { PhoneNumberButton } from '../../wechat'

interface Props {
  open: boolean
  /** Fetches a ticket to sign up with; nothing for a member. */
  enter(): Promise<string | undefined>
  onMember(): void
  onClose(): void
}

/** For the phone number of a member whose WeChat is another one: asks that this one be bound. */
export function AskRebinding({ open, enter, onMember, onClose }: Props) {
  const [ask, busy] = useWrite('POST /members/rebinding')
  const onCode = async (phoneCode: string) => {
    const signUpTicket = await enter()
    if (!signUpTicket) return
    if (!(await ask({ signUpTicket, phoneCode }))) return
    // A member without a WeChat account is bound at once.
    await logIn().catch(() => {})
    if (isMember()) return onMember()
    onClose()
  }
  const footer = (
    <PhoneNumberButton
      className={buttonLook()}
      disabled={busy}
      onCode={onCode}
      onRefused={(title) => Taro.showToast({ title, icon: 'none' })}
    >
      用手机号申请换绑
    </PhoneNumberButton>
  )
  return (
    <Sheet open={open} title="找回您的会员" footer={footer} onClose={onClose}>
      <View>手机号已经是会员的，请用原来的微信登录。微信换了，可以申请把会员换到现在的微信，积分和等级都不变：</View>
      <View className="join-step">1. 我们先通知原来的微信，它可以马上同意，也可以拒绝；</View>
      <View className="join-step">2. 三天内没有拒绝，换绑自动生效，再打开小程序就能登录。</View>
      <View className="join-step quiet">着急的话，请到门店或联系商家，核对身份后可以马上换绑。</View>
    </Sheet>
  )
}
