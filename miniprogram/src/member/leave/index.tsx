import { isChanged } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { toast, useAct, useWrite } from '../../api/use-write'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import { Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import './index.scss'

definePageConfig({ navigationBarTitleText: '注销会员', enablePullDownRefresh: true })

type Leaving = Api['GET /me/leaving']['reply']

export default membersOnly(Leave)

function Leave() {
  const leaving = useLoad(() => call('GET /me/leaving'), [])
  return (
    <Page
      footer={
        leaving.data && !leaving.data.request?.byGuardian && <Footer leaving={leaving.data} reload={leaving.reload} />
      }
    >
      <Loaded from={leaving}>
        {(data) => (data.request ? <Waiting leaving={data} /> : <Warning leaving={data} />)}
      </Loaded>
    </Page>
  )
}

function Warning({ leaving }: { leaving: Leaving }) {
  const { points, obstacles, waitingDays, rejoinMonths } = leaving
  return (
    <>
      <View className="card leave-loss">
        <View className="quiet">注销后失效的积分</View>
        <Points value={points} className="leave-points" />
        <View className="quiet">包括还没生效的积分，失效后不能恢复</View>
      </View>
      {obstacles.length > 0 && <Obstacles obstacles={obstacles} />}
      <View className="card">
        <View className="card-title">注销会发生什么</View>
        <Line>
          {waitingDays > 0
            ? `申请后等 ${waitingDays} 天生效，这期间照常使用，随时可以点「不注销了」。`
            : '申请后马上生效，不能撤回。'}
        </Line>
        <Line>会员等级、签到、会员卡、消息和登录都会清除。</Line>
        <Line>昵称、头像、手机号、微信、生日、地址会删除；积分账和交易记录只留会员号，按法律要求保存。</Line>
        <Line>
          以后可以重新加入，是新的会员。
          {rejoinMonths > 0 &&
            `为防止重复领礼，您手机号和微信的加密标记保留 ${rejoinMonths} 个月，期间重新加入没有入会礼，到期自动删除。`}
        </Line>
      </View>
    </>
  )
}

const Line = ({ children }: { children: ReactNode }) => (
  <View className="leave-line">
    <View className="leave-dot" />
    <View className="grow">{children}</View>
  </View>
)

/** What must be settled first, with the place where that is done. */
function Obstacles({ obstacles }: Pick<Leaving, 'obstacles'>) {
  return (
    <View className="card cells">
      <View className="leave-obstacles">注销前，请先处理</View>
      {obstacles.map(({ text, advice, page }) => (
        <Tap key={text} className="leave-obstacle" onTap={page ? () => open(page) : undefined}>
          <Icon name="alert" size={40} color="var(--gold)" />
          <View className="grow">
            <View className="leave-obstacle-text">{text}</View>
            <View className="quiet">{advice}</View>
          </View>
          {page && <Icon name="right" size={30} color="var(--ink-3)" />}
        </Tap>
      ))}
    </View>
  )
}

function askedText({ byShop, byGuardian }: NonNullable<Leaving['request']>): string {
  if (byGuardian) return '监护人已撤回同意'
  return byShop ? '门店已为您申请注销' : '已申请注销'
}

function Waiting({ leaving: { request, points, obstacles } }: { leaving: Leaving }) {
  return (
    <>
      <View className="card leave-loss">
        <View className="quiet">{askedText(request!)}，生效日期</View>
        <View className="leave-day">{dayText(request!.dueOn)}</View>
        <View className="quiet">
          届时 <Text className="digits">{group(points)}</Text> 分全部失效，资料一并删除
        </View>
      </View>
      {obstacles.length > 0 && <Obstacles obstacles={obstacles} />}
      <View className="leave-note">
        在这之前，积分和权益照常使用。
        {request!.byGuardian ? '监护人改变主意时，请由监护人联系门店。' : '改主意了，点下面的「不注销了」就好。'}
      </View>
    </>
  )
}

interface FooterProps {
  leaving: Leaving
  reload(): Promise<void>
}

const Footer = (props: FooterProps) => (props.leaving.request ? <Stay {...props} /> : <Ask {...props} />)

function Stay({ reload }: FooterProps) {
  const [act, busy] = useAct()
  const stay = () =>
    act(async () => {
      await call('DELETE /me/leaving')
      await reload()
      Taro.showToast({ title: '太好了，会员资格都还在', icon: 'none' })
    })
  return (
    <Button busy={busy} onTap={stay}>
      不注销了
    </Button>
  )
}

function Ask({ leaving, reload }: FooterProps) {
  const { points, obstacles, waitingDays } = leaving
  const [asking, setAsking] = useState(false)
  // A refusal because of a changed figure shows the new one, to be confirmed again.
  const [write, busy] = useWrite('POST /me/leaving', (error) => {
    toast(error)
    if (isChanged(error)) reload()
    else setAsking(false)
  })
  const ask = async () => {
    if (!(await write({ points }))) return
    setAsking(false)
    await reload()
  }
  return (
    <>
      <Button kind="danger" disabled={obstacles.length > 0} onTap={() => setAsking(true)}>
        申请注销
      </Button>
      <Confirm
        open={asking}
        title="确定注销会员？"
        yes="确定注销"
        kind="danger"
        busy={busy}
        onYes={ask}
        onClose={() => setAsking(false)}
      >
        {points > 0 ? `${group(points)} 分将全部失效，不能恢复。` : '会员资格和权益将全部失效。'}
        {waitingDays > 0 && `${waitingDays} 天后生效，这期间可以撤回。`}
      </Confirm>
    </>
  )
}
