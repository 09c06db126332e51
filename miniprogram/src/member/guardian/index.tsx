import { isChanged, refusedBy } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useShop } from '../../api/use-shop'
import { toast, useWrite } from '../../api/use-write'
import { Button, buttonLook } from '../../components/button'
import { Page } from '../../components/page'
import { Empty, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { Tick } from '../../components/tick'
import { readParams } from '../../launch'
import { open } from '../../navigate'
import { beginSession } from '../../session/session'
import { PhoneNumberButton, wechat } from '../../wechat'
import './index.scss'

definePageConfig({ navigationBarTitleText: '监护人确认' })

type Opened = Api['POST /guardian-requests/opened']['reply']

/** A guardian consents for a child under 14, from the link that the child sent. */
export default function Guardian() {
  const { code = '' } = readParams(useRouter().params)
  const guardianCode = /^[A-Za-z0-9_-]{43}$/.test(code) ? code : ''
  const [done, setDone] = useState(false)
  const opened = useLoad(guardianCode ? () => openLink(guardianCode) : null, [guardianCode])
  const agreement = useLoad(() => call('GET /agreement'), [])
  if (!guardianCode)
    return (
      <Page>
        <Empty drawing="card" title="这个链接不完整" text="请孩子在小程序里重新发一个" />
      </Page>
    )
  return (
    <Page>
      <Loaded from={opened}>
        {(request) =>
          done || request.state === 'confirmed' ? (
            <Confirmed />
          ) : (
            <Loaded from={agreement}>
              {({ version }) => (
                <Asking
                  guardianCode={guardianCode}
                  request={request}
                  version={version}
                  onDone={() => setDone(true)}
                  onChanged={() => {
                    opened.reload()
                    agreement.reload()
                  }}
                />
              )}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  )
}

async function openLink(guardianCode: string): Promise<Opened> {
  // The log-in at the start takes a code too, and the newest code makes earlier ones invalid.
  await beginSession()
  const loginCode = await wechat.loginCode()
  if (!loginCode) throw new Error('no phone to log in with')
  return call('POST /guardian-requests/opened', { guardianCode, loginCode })
}

const collected = [
  '微信身份标识：认出是孩子本人',
  '孩子的手机号：注册会员、到店查询',
  '消费与积分记录：计算和核对积分',
  '您的手机号：证明监护人同意过，只用于联系您',
]

interface AskingProps {
  guardianCode: string
  request: Opened
  version: number
  onDone(): void
  onChanged(): void
}

function Asking({ guardianCode, request, version, onDone, onChanged }: AskingProps) {
  const shop = useShop()
  const [agreed, setAgreed] = useState(false)
  const [confirm, busy] = useWrite('POST /guardian-requests/confirmation', (error) => {
    toast(error)
    const isOver = refusedBy<'POST /guardian-requests/confirmation'>(error, 'ticket.invalid')
    if (isChanged(error) || isOver) onChanged()
  })
  const agree = async (phoneCode: string) => {
    const { guardianTicket } = request
    if (await confirm({ guardianCode, guardianTicket, phoneCode, agreement: version })) onDone()
  }
  return (
    <>
      <View className="guardian-head">
        <View className="guardian-title">孩子想加入{shop?.name ?? ''}会员</View>
        <View className="quiet">未满 14 周岁，要由监护人同意。只有您本人能确认，请勿代他人操作。</View>
      </View>
      <View className="card">
        <View className="card-title">会收集什么</View>
        {collected.map((line) => (
          <View key={line} className="guardian-line">
            {line}
          </View>
        ))}
      </View>
      <View className="card">
        <View className="card-title">您可以随时</View>
        <View className="guardian-line">联系门店查看、更正孩子的资料</View>
        <View className="guardian-line">撤回同意：门店核实后为孩子注销会员，积分同时失效</View>
        <View className="guardian-line">14 周岁以下的会员没有个性化优惠，其他权益不变</View>
      </View>
      <View className="guardian-agree">
        <Tick ticked={agreed} onChange={setAgreed}>
          我是孩子的监护人，已阅读并同意
        </Tick>
        <Tap className="guardian-link" onTap={() => open('/member/agreement/index')}>
          《会员协议与隐私说明》
        </Tap>
      </View>
      {agreed ? (
        <PhoneNumberButton
          className={buttonLook()}
          disabled={busy}
          onCode={agree}
          onRefused={(title) => Taro.showToast({ title, icon: 'none' })}
        >
          用手机号确认同意
        </PhoneNumberButton>
      ) : (
        <Tap className={buttonLook()} onTap={() => Taro.showToast({ title: '请先阅读并同意协议', icon: 'none' })}>
          用手机号确认同意
        </Tap>
      )}
    </>
  )
}

const Confirmed = () => (
  <Empty drawing="card" title="监护人已同意" text="请孩子回到小程序的加入页，一天之内完成加入">
    <Button kind="quiet" onTap={() => open('/pages/home/index')}>
      去首页看看
    </Button>
  </Empty>
)
