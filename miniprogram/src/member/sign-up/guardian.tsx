import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useAct } from '../../api/use-write'
import { Button, buttonLook } from '../../components/button'
import { Loaded } from '../../components/states'
import { keepText, readKept } from '../../kept'
import { whenText } from '../../time'
import { ShareButton } from '../../wechat'

type RequestState = Api['POST /guardian-requests/state']['reply']

const codeKey = 'guardian-code'

const pathOf = (code: string) => `/member/guardian/index?code=${code}`

/** The page for the guardian, by the newest code made on this phone; null without one. */
export const guardianPath = (): string | null => (readKept(codeKey) ? pathOf(readKept(codeKey)) : null)

interface Props {
  /** A ticket to sign up with. */
  enter(): Promise<string | undefined>
  onState(isConfirmed: boolean): void
}

/** What somebody under 14 does first: the guardian gets a link, and consents with a phone of their own. */
export function Guardian({ enter, onState }: Props) {
  const [code, setCode] = useState(() => readKept(codeKey))
  const [act, busy] = useAct()
  const request = useLoad<RequestState>(async () => {
    const signUpTicket = await enter()
    if (!signUpTicket) return { state: 'none', endsAt: null, phoneMasked: '' }
    const answer = await call('POST /guardian-requests/state', { signUpTicket })
    onState(answer.state === 'confirmed')
    return answer
  }, [])
  useDidShow(() => {
    request.reload()
  })
  const ask = () =>
    act(async () => {
      const signUpTicket = await enter()
      if (!signUpTicket) return
      const made = await call('POST /guardian-requests', { signUpTicket })
      keepText(codeKey, made.code)
      setCode(made.code)
      await request.reload()
    })
  return (
    <Loaded from={request} rows={1}>
      {({ state, endsAt, phoneMasked }) => (
        <View className="card">
          <View className="card-title">{state === 'confirmed' ? '监护人已同意' : '先请监护人同意'}</View>
          {state === 'confirmed' && (
            <View className="join-note">
              {phoneMasked} 已同意，请在 {endsAt && whenText(endsAt)} 之前完成加入。
            </View>
          )}
          {state !== 'confirmed' && (
            <View className="join-note">
              未满 14 周岁，要先由爸爸、妈妈或其他监护人用自己的微信和手机号同意。链接两小时内有效，只能用一次。
            </View>
          )}
          {state === 'none' && (
            <Button kind="gold" busy={busy} onTap={ask}>
              生成给监护人的链接
            </Button>
          )}
          {state === 'asked' && code && (
            <ShareButton className={buttonLook('gold')} path={pathOf(code)}>
              发给监护人
            </ShareButton>
          )}
          {state === 'asked' && (
            <View className="join-choices">
              <Button kind="quiet" small onTap={request.reload}>
                监护人同意了，刷新
              </Button>
              <Button kind="quiet" small busy={busy} onTap={ask}>
                换一个链接
              </Button>
            </View>
          )}
        </View>
      )}
    </Loaded>
  )
}
