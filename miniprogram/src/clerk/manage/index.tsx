import type { Api } from '@pointbook/shared/contract/index'
import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Cell } from '../../components/cell'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, Loaded } from '../../components/states'
import { open } from '../../navigate'
import { whenText } from '../../time'
import { Figure, FigureLine, Figures } from '../figures'
import { StoreChoice } from '../store-choice'
import type { Store } from '../use-workplace'
import { ForManagers } from './for-managers'
import './index.scss'
import { useToDecide, waitingText } from './to-decide'

definePageConfig({ navigationBarTitleText: '门店管理', enablePullDownRefresh: true })

type StoreDay = Api['GET /clerk/store-figures']['reply']
type ClerkDay = StoreDay['clerks'][number]

/** The store as its manager runs it: today's figures, and the way to staff and points. */
export default function ManagePage() {
  return (
    <ForManagers>
      {({ store, stores, choose }) => (
        <Page>
          <View className="manage-head">
            <StoreChoice store={store} stores={stores} title="管理哪家店" onChoose={choose} />
          </View>
          <View className="card cells">
            <Cell icon="friends" label="员工" value="添加、移出店员" onTap={() => open('/clerk/manage/staff/index')} />
            <Cell
              icon="edit"
              label="调整积分"
              value="增加、扣减会员积分"
              onTap={() => open('/clerk/manage/adjust/index')}
            />
            <ApprovalsCell />
          </View>
          <Today store={store} />
        </Page>
      )}
    </ForManagers>
  )
}

function ApprovalsCell() {
  const { data } = useToDecide(true)
  return (
    <Cell icon="check" label="审批" value={waitingText(data)} onTap={() => open('/clerk/manage/approvals/index')} />
  )
}

function Today({ store: { storeId } }: { store: Store }) {
  const day = useLoad(() => call('GET /clerk/store-figures', { storeId }), [storeId])
  return (
    <>
      <View className="section-title">
        <Text>今天</Text>
        {day.data && <Text className="section-more digits">截至 {whenText(day.data.at).slice(11)}</Text>}
      </View>
      <Loaded from={day}>{(data) => <Whole day={data} />}</Loaded>
    </>
  )
}

function Whole({ day }: { day: StoreDay }) {
  return (
    <>
      <Figures>
        <FigureLine>
          <Figure label="小票" value={String(day.purchases)} />
          <Figure label="积分（已减退货）" value={<Points value={day.points} />} />
          <Figure label="服务会员" value={String(day.members)} />
        </FigureLine>
        <FigureLine>
          <Figure label="收款（元）" value={yuan(day.amountFen)} />
          <Figure label="退款（元）" value={yuan(day.refundFen)} />
          <Figure label="净额（元）" value={yuan(day.netFen)} />
        </FigureLine>
        <FigureLine>
          <Figure label="退货" value={String(day.returns)} />
          <Figure label="已取货" value={String(day.pickups)} />
          <Figure label="待取货" value={String(day.waitingOrders)} />
        </FigureLine>
      </Figures>
      {day.clerks.length === 0 ? (
        <Empty drawing="friends" title="这家店还没有员工" text="在上面的「员工」里添加" />
      ) : (
        <View className="card">
          <View className="card-title">每个人今天做的</View>
          {day.clerks.map((clerk) => (
            <ClerkRow key={String(clerk.memberId)} clerk={clerk} />
          ))}
        </View>
      )}
    </>
  )
}

function ClerkRow({ clerk }: { clerk: ClerkDay }) {
  const deeds = [
    clerk.purchases > 0 && `${clerk.purchases} 张小票`,
    clerk.returns > 0 && `${clerk.returns} 笔退货`,
    clerk.pickups > 0 && `${clerk.pickups} 笔取货`,
  ].filter(Boolean)
  return (
    <View className="manage-clerk">
      <View className="grow">
        <View className="one-line">{clerk.nickname}</View>
        <View className="quiet">{deeds.length > 0 ? deeds.join(' · ') : '今天还没有记录'}</View>
      </View>
      {clerk.purchases + clerk.returns > 0 && (
        <View className="manage-sum">
          <View className="digits">
            {clerk.netFen < 0 ? '−' : ''}¥{yuan(Math.abs(clerk.netFen))}
          </View>
          <View className="quiet">
            <Points value={clerk.points} signed /> 分
          </View>
        </View>
      )}
    </View>
  )
}
