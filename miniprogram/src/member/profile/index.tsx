import type { Api } from '@pointbook/shared/contract/index'
import { birthText } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { cut } from '@pointbook/shared/text'
import { Picker, Text, Textarea, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { useShop } from '../../api/use-shop'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Face } from '../../components/face'
import { membersOnly } from '../../components/members-only'
import { NicknameInput } from '../../components/nickname-input'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { AvatarButton } from '../../wechat'
import { BirthdayPicker } from './birthday-picker'
import './index.scss'

definePageConfig({ navigationBarTitleText: '个人资料' })

type Me = Api['GET /me']['reply']
type Change = Api['POST /me/profile']['input']

const sexes = [
  { key: 'unknown', text: '不透露' },
  { key: 'female', text: '女' },
  { key: 'male', text: '男' },
] as const

const keys = ['nickname', 'sex', 'birthday', 'address'] as const

export default membersOnly(Profile)

function Profile() {
  const me = useMe()
  const gift = useLoad(() => call('GET /me/profile/gift'), [])
  const [change, setChange] = useState<Change>({})
  const [act, busy] = useAct()
  const save = (wish: Change) =>
    act(async () => {
      const { earned } = await call('POST /me/profile', wish)
      await Promise.all([me.reload(), gift.reload()])
      setChange(without(wish))
      if (earned > 0) Taro.showToast({ title: `资料已完善，${group(earned)} 积分已到账`, icon: 'none' })
      else Taro.showToast({ title: '已保存', icon: 'success' })
    })
  const isChanged = me.data && keys.some((key) => key in change && change[key] !== me.data?.profile[key])

  return (
    <Page
      footer={
        <Button disabled={!isChanged} busy={busy} onTap={() => save(change)}>
          保存
        </Button>
      }
    >
      <Loaded from={me}>
        {(data) => (
          <>
            <View className="profile-face">
              <AvatarButton
                className="profile-avatar"
                label={`${data.profile.nickname}，更换头像`}
                onPicture={(avatar) => save({ avatar })}
                onUnreadable={(title) => Taro.showToast({ title, icon: 'none', duration: 2500 })}
              >
                <Face big url={data.profile.avatarUrl} name={data.profile.nickname} />
              </AvatarButton>
              <View className="quiet">点头像更换</View>
            </View>
            {gift.data && <Promised {...gift.data} />}
            <Form me={data} change={change} onChange={(more) => setChange({ ...change, ...more })} />
            <View className="card cells">
              <Cell label="手机号" value={<Text className="digits">{data.phoneMasked}</Text>} />
              <Cell label="会员号" value={<Text className="digits">{data.memberNo}</Text>} />
            </View>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Unsaved input: a new picture is saved separately, and the other input stays. */
const without = (saved: Change) => (typed: Change) =>
  Object.fromEntries(Object.entries(typed).filter(([key, value]) => saved[key as keyof Change] !== value)) as Change

const gaps = { sex: '性别', birthday: '生日', address: '地址' } as const

/** The points for a complete profile; nothing when there are none. */
function Promised({ points, missing }: Api['GET /me/profile/gift']['reply']) {
  if (points === 0) return null
  return (
    <View className="card profile-gift">
      <View className="profile-gift-title">
        完善资料，得 <Text className="digits">{group(points)}</Text> 积分
      </View>
      <View className="quiet">还差：{missing.map((gap) => gaps[gap]).join('、')}</View>
    </View>
  )
}

interface FormProps {
  me: Me
  change: Change
  onChange(more: Change): void
}

function Form({ me: { profile }, change, onChange }: FormProps) {
  const today = useShop()?.today
  const sex = change.sex ?? profile.sex
  const birthday = change.birthday ?? profile.birthday
  return (
    <>
      <View className="card cells">
        <Cell
          label="昵称"
          value={
            <NicknameInput
              value={change.nickname ?? profile.nickname}
              placeholder="怎么称呼您"
              onChange={(nickname) => onChange({ nickname })}
            />
          }
        />
        <Picker
          className="cell-picker"
          mode="selector"
          range={sexes.map(({ text }) => text)}
          value={sexes.findIndex(({ key }) => key === sex)}
          onChange={(e) => onChange({ sex: sexes[Number(e.detail.value)]?.key ?? 'unknown' })}
        >
          <Cell label="性别" value={sexes.find(({ key }) => key === sex)?.text} onTap={() => {}} />
        </Picker>
        {profile.birthday || !today ? (
          <Cell label="生日" value={profile.birthday ? birthText(profile.birthday) : ''} />
        ) : (
          <BirthdayPicker birthday={birthday} today={today} onChange={(chosen) => onChange({ birthday: chosen })} />
        )}
      </View>
      <View className="card">
        <View className="profile-label">地址</View>
        <Textarea
          className="profile-address"
          maxlength={600}
          value={change.address ?? profile.address}
          placeholder="选填"
          onInput={(e) => onChange({ address: cut(e.detail.value, 120) })}
        />
      </View>
    </>
  )
}
