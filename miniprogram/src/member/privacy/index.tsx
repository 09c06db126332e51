import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { openSpreadsheet } from '../../api/open-spreadsheet'
import { useLoad } from '../../api/use-load'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { Purposes } from './purposes'
import './index.scss'
import './purposes.scss'

definePageConfig({ navigationBarTitleText: '隐私与数据', enablePullDownRefresh: true })

type PersonalData = Api['GET /me/personal-data']['reply']
type Section = PersonalData['sections'][number]

export default membersOnly(Privacy)

function Privacy() {
  const data = useLoad(() => call('GET /me/personal-data'), [])
  return (
    <Page>
      <View className="privacy-intro">
        这里是本店保存的、与您有关的全部信息。您可以查看、带走、更正，也可以注销会员。
      </View>
      <Export />
      <View className="card cells">
        <Cell icon="edit" label="更正我的资料" onTap={() => open('/member/profile/index')} />
      </View>
      <Purposes />
      <Loaded from={data}>
        {({ sections, kept }) => (
          <>
            <View className="privacy-title">本店保存的信息</View>
            <View className="card cells">
              {sections.map((section) => (
                <Kind key={section.title} section={section} />
              ))}
            </View>
            <Kept kept={kept} />
            <View className="card cells">
              <Cell label="注销会员" onTap={() => open('/member/leave/index')} />
            </View>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Export() {
  const [act, busy] = useAct()
  return (
    <View className="card">
      <View className="card-title">带走一份</View>
      <View className="privacy-text">全部资料、每一笔积分和消费，做成一份表格。表格里有完整手机号，请妥善保管。</View>
      <Button busy={busy} onTap={() => act(() => openSpreadsheet('/me/export?format=spreadsheet'))}>
        导出表格
      </Button>
    </View>
  )
}

/** One kind of data: a tap shows its newest rows. */
function Kind({ section }: { section: Section }) {
  const [shown, setShown] = useState(false)
  const { title, rows, more } = section
  return (
    <View className="privacy-kind">
      <Tap className="privacy-head" chosen={shown} onTap={() => setShown(!shown)}>
        <Text className="grow privacy-kind-title">{title}</Text>
        <Text className="quiet digits">{more ? `${rows.length} 条以上` : `${rows.length} 条`}</Text>
        <View className={shown ? 'privacy-arrow privacy-arrow-up' : 'privacy-arrow'}>
          <Icon name="down" size={30} color="var(--ink-3)" />
        </View>
      </Tap>
      {shown && <Rows section={section} />}
    </View>
  )
}

function Rows({ section }: { section: Section }) {
  const { columns, rows, more } = section
  return (
    <View className="privacy-rows">
      <View className="privacy-fate">{fateText(section)}</View>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are replaced as a whole
        <View key={index} className="privacy-row">
          {row.map(
            (cell, at) =>
              cell !== '' && (
                <View key={columns[at]} className="privacy-field">
                  <Text className="privacy-label">{columns[at]}</Text>
                  <Text className="privacy-value">{cell}</Text>
                </View>
              ),
          )}
        </View>
      ))}
      {more && <View className="quiet privacy-more">这里是最近 {rows.length} 条，导出的表格里有全部</View>}
    </View>
  )
}

function fateText({ onLeaving, law }: Section): string {
  if (onLeaving === 'erase') return '注销会员时删除'
  if (onLeaving === 'blank') return `注销会员时清除个人信息，其余按${law}保留`
  return `只记会员号，不含姓名和联系方式；注销后按${law}保留`
}

function Kept({ kept }: Pick<PersonalData, 'kept'>) {
  return (
    <>
      <View className="privacy-title">注销后依法保留的</View>
      <View className="card">
        <View className="privacy-text">
          注销会员时，昵称、手机号、微信、生日、地址、头像和消息都会删除。下面这些法律要求保留，届时只剩会员号，认不出是谁。
        </View>
        {kept.map(({ name, why, until }) => (
          <View key={name} className="privacy-law">
            <View className="privacy-law-name">{name}</View>
            <View className="quiet">
              {why}。保存期限：{until}。
            </View>
          </View>
        ))}
      </View>
    </>
  )
}
