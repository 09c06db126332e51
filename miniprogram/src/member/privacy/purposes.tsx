import type { Api } from '@pointbook/shared/contract/index'
import { consentPlaces, consentTitle, purposes, versionText } from '@pointbook/shared/purposes'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import type { Load } from '../../api/use-load'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { useWrite } from '../../api/use-write'
import { Cell } from '../../components/cell'
import { Confirm } from '../../components/sheet'
import { Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { Tick } from '../../components/tick'
import { Toggle } from '../../components/toggle'
import { open } from '../../navigate'
import { whenText } from '../../time'

type Consents = Api['GET /me/consents']['reply']
type Purpose = Consents['purposes'][number]

/** What the data are used for: each purpose with its switch, the version agreed to, and the history. */
export function Purposes() {
  const consents = useLoad(() => call('GET /me/consents'), [])
  return (
    <Loaded from={consents} rows={2}>
      {(data) => (
        <>
          <View className="privacy-title">信息用来做什么</View>
          <View className="card cells">
            <View className="purpose">
              <View className="grow">
                <View className="purpose-title">{purposes.service.title}</View>
                <View className="purpose-text">
                  {purposes.service.what}
                  {purposes.service.without}
                </View>
              </View>
            </View>
            {data.purposes.map((one) => (
              <OnePurpose key={one.purpose} one={one} isMinor={data.guardian !== null} reload={consents.reload} />
            ))}
          </View>
          <Agreed consents={data} />
          <History history={data.history} />
        </>
      )}
    </Loaded>
  )
}

interface OneProps extends Pick<Load<Consents>, 'reload'> {
  one: Purpose
  isMinor: boolean
}

function OnePurpose({ one: { purpose, allowed, saidAt, version }, isMinor, reload }: OneProps) {
  const me = useMe()
  const [refusing, setRefusing] = useState(false)
  const [erase, setErase] = useState(false)
  const [write, busy] = useWrite('POST /me/consents')
  const { title, what, without } = purposes[purpose]
  const isClosed = purpose === 'personal-offers' && isMinor
  const hasBirthday = purpose === 'birthday' && !!me.data?.profile.birthday
  const say = async (yes: boolean) => {
    const erased = !yes && hasBirthday && erase ? { eraseBirthday: true } : {}
    if (!(await write({ purpose, allowed: yes, ...erased }))) return
    setRefusing(false)
    await Promise.all([reload(), me.reload()])
    Taro.showToast({ title: yes ? '已打开' : '已关闭', icon: 'none' })
  }
  return (
    <View className="purpose">
      <View className="grow">
        <View className="purpose-title">{title}</View>
        <View className="purpose-text">{isClosed ? '14 周岁以下的会员没有个性化优惠。' : what}</View>
        {saidAt && version !== null && (
          <View className="purpose-when">
            {whenText(saidAt)} {allowed ? '同意' : '拒绝'}（{versionText(version)}）
          </View>
        )}
      </View>
      <Toggle
        label={title}
        on={allowed}
        disabled={busy || isClosed}
        onChange={(on) => (on ? say(true) : setRefusing(true))}
      />
      <Confirm
        open={refusing}
        title={`关闭「${title}」？`}
        yes="关闭"
        busy={busy}
        onYes={() => say(false)}
        onClose={() => setRefusing(false)}
      >
        <View>{without}</View>
        {hasBirthday && (
          <View className="purpose-erase">
            <Tick ticked={erase} onChange={setErase}>
              同时删除我的生日（以后要再填，请联系本店）
            </Tick>
          </View>
        )}
      </Confirm>
    </View>
  )
}

function Agreed({ consents: { agreement, guardian } }: { consents: Consents }) {
  const { version, agreedVersion } = agreement
  return (
    <View className="card cells">
      <Cell
        icon="book"
        label="会员协议与隐私说明"
        value={
          agreedVersion < version ? (
            <Text className="purpose-new">有新的一版</Text>
          ) : (
            `已同意${versionText(agreedVersion)}`
          )
        }
        onTap={() => open('/member/agreement/index')}
      />
      {guardian && <Cell icon="person" label="监护人" value={`${guardian.phoneMasked} 已同意`} />}
    </View>
  )
}

function History({ history }: Pick<Consents, 'history'>) {
  const [shown, setShown] = useState(false)
  if (history.length === 0) return null
  return (
    <View className="card cells">
      <Tap className="privacy-head" chosen={shown} onTap={() => setShown(!shown)}>
        <Text className="grow privacy-kind-title">同意与拒绝的记录</Text>
        <Text className="quiet digits">{history.length} 条</Text>
      </Tap>
      {shown &&
        history.map(({ consentId, subject, given, version, place, at }) => (
          <View key={consentId} className="privacy-row">
            <View>
              {given ? '同意' : '拒绝'}「{consentTitle(subject)}」
            </View>
            <View className="quiet digits">
              {whenText(at)} · {consentPlaces[place]} · {versionText(version)}
            </View>
          </View>
        ))}
    </View>
  )
}
