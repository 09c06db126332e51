import { Text, View } from '@tarojs/components'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { Page } from '../../components/page'
import { Empty, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { StoreChoice } from '../store-choice'
import { type Store, useWorkplace } from '../use-workplace'
import { Counter } from './counter'
import { HandedIn } from './handed-in'
import './index.scss'
import { Today } from './today'

definePageConfig({ navigationBarTitleText: '店员工作台', enablePullDownRefresh: true })

export default function ClerkHome() {
  const { clerk, stores, store, choose } = useWorkplace()
  return (
    <Page>
      <Loaded from={clerk}>
        {(data) =>
          !data ? (
            <Away title="您现在不是店员" text="需要帮门店收银时，请店长或商家把您加为店员" />
          ) : !store ? (
            <Away title="还没有分配门店" text="请店长或商家给您安排一家门店，再回到这里" />
          ) : (
            <>
              <Head store={store} stores={stores} onChoose={choose} />
              <Counter store={store} manages={data.role === 'manager'} />
              <HandedIn />
              <Text className="till-today">今天</Text>
              <Today store={store} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

const toMember = () => open('/pages/me/index')

function Away({ title, text }: { title: string; text: string }) {
  return (
    <Empty drawing="card" title={title} text={text}>
      <Button onTap={toMember}>回到会员端</Button>
    </Empty>
  )
}

function Head({ store, stores, onChoose }: { store: Store; stores: Store[]; onChoose(store: Store): void }) {
  return (
    <View className="till-head">
      <StoreChoice store={store} stores={stores} title="在哪家店当班" onChoose={onChoose} />
      <Tap className="till-switch" onTap={toMember}>
        <Icon name="swap" size={32} />
        <Text>会员端</Text>
      </Tap>
    </View>
  )
}
