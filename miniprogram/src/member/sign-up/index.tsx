import { refusedBy } from '@pointbook/shared/client'
import { cleanName } from '@pointbook/shared/text'
import { Text, View } from '@tarojs/components'
import Taro, { useShareAppMessage } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useRules, waysText } from '../../api/use-rules'
import { useShop } from '../../api/use-shop'
import { toast, useAct, useWrite } from '../../api/use-write'
import { buttonLook } from '../../components/button'
import { Chips } from '../../components/chips'
import { Drawing } from '../../components/drawing'
import { Icon } from '../../components/icon'
import { NicknameInput } from '../../components/nickname-input'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { Tap } from '../../components/tap'
import { Tick } from '../../components/tick'
import { goBack, open } from '../../navigate'
import { isMember, keep, logIn, useRebindingDueAt } from '../../session/session'
import { forgetInviter, rememberedInvitation } from '../../session/sign-up'
import { whenText } from '../../time'
import { PhoneNumberButton } from '../../wechat'
import { Guardian, guardianPath } from './guardian'
import { AskRebinding } from './rebinding'
import './index.scss'

definePageConfig({ navigationBarTitleText: '加入会员', enableShareAppMessage: true })

const ages = [
  { key: 'from-14', text: '我已满 14 周岁' },
  { key: 'under-14', text: '未满 14 周岁' },
] as const

type Age = (typeof ages)[number]['key']

export default function SignUp() {
  const shop = useShop()
  const { offers } = useRules()
  const invitation = rememberedInvitation()
  const agreement = useLoad(() => call('GET /agreement'), [])
  const [nickname, setNickname] = useState('')
  const [age, setAge] = useState<Age | null>(null)
  const [isAllowed, setIsAllowed] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const [noPersonalOffers, setNoPersonalOffers] = useState(false)
  const [act, entering] = useAct()
  const [isTaken, setTaken] = useState(false)
  const rebindingDueAt = useRebindingDueAt()
  const [signUp, joining] = useWrite('POST /members', (error) => {
    if (refusedBy<'POST /members'>(error, 'member.phone-taken')) return setTaken(true)
    toast(error)
    if (!refusedBy<'POST /members'>(error, 'agreement.changed')) return
    setAgreed(false)
    agreement.reload()
  })
  useShareAppMessage(() => ({
    title: `请同意我加入${shop?.name ?? ''}会员`,
    path: guardianPath() ?? '/pages/home/index',
  }))

  /** A ticket to sign up with, good for ten minutes. A member needs none, because WeChat identifies them. */
  const enter = () =>
    act(async () => {
      const ticket = await logIn()
      if (isMember()) leave('欢迎回来')
      return ticket
    })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => {
    enter()
  }, [])

  // The page may have been open for a long time, so the ticket is fetched when it is needed.
  const join = async (phoneCode: string) => {
    const signUpTicket = await enter()
    if (!signUpTicket || !age) return
    const shown = agreement.data ?? (await act(() => call('GET /agreement')))
    if (!shown) return
    const named = cleanName(nickname) ? { nickname } : {}
    const consents = { agreed: true, agreement: shown.version, age, noPersonalOffers } as const
    const joined = await signUp({ signUpTicket, phoneCode, ...consents, ...named, ...invitation })
    if (!joined) return
    forgetInviter()
    keep(joined.tokens)
    leave(joined.welcomePoints > 0 ? `欢迎加入，${joined.welcomePoints} 积分已到账` : '欢迎加入')
  }
  const missing = whatIsMissing({ age, isAllowed, agreed })

  return (
    <Page>
      <View className="join-head">
        <Drawing name="card" />
        <View className="join-title">加入{shop?.name ?? ''}会员</View>
        <View className="quiet">{[waysText(offers), '积分可换店里的好物'].filter(Boolean).join('，')}</View>
      </View>
      {invitation && offers.includes('referral') && (
        <View className="join-invited">
          <Icon name="friends" size={36} />
          <Text>好友邀请您加入，奖励按积分规则发放</Text>
        </View>
      )}
      {rebindingDueAt && <Notice icon="phone">换绑已申请，{whenText(rebindingDueAt)} 起打开小程序就能登录</Notice>}
      <View className="card row">
        <Text className="join-label">怎么称呼您</Text>
        <NicknameInput className="grow" placeholder="选填，可用微信昵称" onChange={setNickname} />
      </View>
      <View className="card join-age">
        <Chips options={ages} chosen={age ?? ('' as Age)} onChoose={setAge} />
      </View>
      {age === 'under-14' && <Guardian enter={logIn} onState={setIsAllowed} />}
      <View className="join-agree">
        <Tick ticked={agreed} onChange={setAgreed}>
          我已阅读并同意
        </Tick>
        <Tap className="join-link" onTap={() => open('/member/agreement/index')}>
          《会员协议与隐私说明》
        </Tap>
      </View>
      {age === 'from-14' && (
        <View className="join-choice">
          <Tick ticked={noPersonalOffers} onChange={setNoPersonalOffers}>
            不要个性化优惠（选填，随时可以改）
          </Tick>
        </View>
      )}
      {missing ? (
        <Tap className={buttonLook()} onTap={() => Taro.showToast({ title: missing, icon: 'none' })}>
          手机号快捷加入
        </Tap>
      ) : (
        <PhoneNumberButton
          className={buttonLook()}
          disabled={entering || joining}
          onCode={join}
          onRefused={(title) => Taro.showToast({ title, icon: 'none' })}
        >
          手机号快捷加入
        </PhoneNumberButton>
      )}
      <Tap className="join-later" onTap={() => setTaken(true)}>
        已是会员，但换了微信？
      </Tap>
      <Tap className="join-later" onTap={goBack}>
        先逛逛
      </Tap>
      <AskRebinding
        open={isTaken}
        enter={enter}
        onMember={() => leave('换绑完成，欢迎回来')}
        onClose={() => setTaken(false)}
      />
    </Page>
  )
}

interface Answers {
  age: Age | null
  /** A guardian has consented for somebody under 14. */
  isAllowed: boolean
  agreed: boolean
}

/** What is to be done before joining, in words; '' for nothing. */
function whatIsMissing({ age, isAllowed, agreed }: Answers): string {
  if (!age) return '请先选择是否已满 14 周岁'
  if (age === 'under-14' && !isAllowed) return '请先请监护人同意'
  return agreed ? '' : '请先阅读并同意协议'
}

/** Back to where the member came from, which now shows their own. */
async function leave(title: string) {
  await goBack()
  Taro.showToast({ title, icon: 'none', duration: 2500 })
}
