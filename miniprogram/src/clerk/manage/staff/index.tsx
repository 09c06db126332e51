import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../../api/call'
import { useLoad } from '../../../api/use-load'
import { Button } from '../../../components/button'
import { Face } from '../../../components/face'
import { Page } from '../../../components/page'
import { Confirm } from '../../../components/sheet'
import { Loaded } from '../../../components/states'
import { dayAt } from '../../../time'
import { ProblemNote, useDeed } from '../../problem'
import type { Post } from '../../use-workplace'
import type { Visit } from '../../visit'
import { FindMember } from '../find-member'
import { ForManagers } from '../for-managers'
import './index.scss'

definePageConfig({ navigationBarTitleText: '员工', enablePullDownRefresh: true })

type Person = Api['GET /clerk/staff']['reply']['rows'][number]

/** Who works at the store. A manager makes and dismisses clerks; managers are the merchant's affair. */
export default function StaffPage() {
  return <ForManagers>{({ store }) => <Staff key={store.storeId} store={store} />}</ForManagers>
}

function Staff({ store }: { store: Post }) {
  const { storeId } = store
  const people = useLoad(() => call('GET /clerk/staff', { storeId }), [storeId])
  const adding = useDeed('POST /clerk/staff')
  const removing = useDeed('POST /clerk/staff/:memberId/removal')
  const [asking, setAsking] = useState<'add' | 'remove'>()
  const [found, setFound] = useState<Visit>()
  const [leaving, setLeaving] = useState<Person>()
  const close = () => setAsking(undefined)

  const add = async () => {
    if (!found) return
    const done = await adding.send({ visit: found.visit, storeId })
    close()
    if (done) await tell(`${found.member.nickname}现在是店员了`)
  }
  const remove = async () => {
    if (!leaving) return
    const done = await removing.send({ memberId: leaving.memberId, storeId })
    close()
    if (done) await tell(`已把${leaving.nickname}移出门店`)
  }
  const tell = async (title: string) => {
    Taro.showToast({ title, icon: 'none' })
    await people.reload()
  }
  const askToAdd = (visit: Visit) => {
    setFound(visit)
    setAsking('add')
  }
  const askToRemove = (person: Person) => {
    setLeaving(person)
    setAsking('remove')
  }

  return (
    <Page>
      <ProblemNote problem={removing.problem} onAgain={remove} />
      <Loaded from={people}>
        {({ rows }) => (
          <View className="card">
            <View className="card-title">
              {store.name} · {rows.length} 人
            </View>
            {rows.map((person) => (
              <PersonRow key={person.memberId} person={person} onRemove={() => askToRemove(person)} />
            ))}
          </View>
        )}
      </Loaded>
      <FindMember store={store} title="添加店员" hint="请对方先注册会员，再打开「会员码」给您扫" onFound={askToAdd} />
      <ProblemNote problem={adding.problem} onAgain={add} />
      <Confirm
        open={asking === 'add'}
        title={`让${found?.member.nickname ?? ''}当店员？`}
        yes="设为店员"
        busy={adding.busy}
        onYes={add}
        onClose={close}
      >
        手机号 {found?.member.phoneMasked}。马上就能在「{store.name}」扫码记账、退货和交付兑换的商品。请核对是本人。
      </Confirm>
      <Confirm
        open={asking === 'remove'}
        title={`把${leaving?.nickname ?? ''}移出这家店？`}
        yes="移出门店"
        kind="danger"
        busy={removing.busy}
        onYes={remove}
        onClose={close}
      >
        马上生效，对方的手机不能再在「{store.name}」记账和交付商品。会员身份和积分不受影响。
      </Confirm>
    </Page>
  )
}

function PersonRow({ person, onRemove }: { person: Person; onRemove(): void }) {
  const { nickname, avatarUrl, phoneMasked, role, since, active, removable } = person
  return (
    <View className="staff-row">
      <Face url={avatarUrl} name={nickname} />
      <View className="grow">
        <View className="staff-name">
          <Text className="one-line">{nickname}</Text>
          {role === 'manager' && <Text className="staff-role">店长</Text>}
          {!active && <Text className="staff-role staff-stopped">已冻结</Text>}
        </View>
        <View className="quiet digits one-line">
          {phoneMasked} · {dayAt(since)} 起
        </View>
      </View>
      {removable && (
        <Button kind="danger" small onTap={onRemove}>
          移出
        </Button>
      )}
    </View>
  )
}
