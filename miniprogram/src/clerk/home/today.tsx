import type { Api } from '@pointbook/shared/contract/index'
import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Icon, type IconName } from '../../components/icon'
import { Points } from '../../components/points'
import { Empty, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { whenText } from '../../time'
import { Figure, FigureLine, Figures } from '../figures'
import type { Store } from '../use-workplace'

type Day = Api['GET /clerk/day']['reply']
type Row = Day['rows'][number]

const icons = { purchase: 'receipt', return: 'undo', pickup: 'gift' } satisfies Record<Row['kind'], IconName>

/** The clerk's work at the store today. */
export function Today({ store: { storeId } }: { store: Store }) {
  const day = useLoad(() => call('GET /clerk/day', { storeId }), [storeId])
  return (
    <Loaded from={day} rows={2}>
      {(data) => (
        <>
          <Sums day={data} />
          {data.rows.length === 0 ? (
            <Empty drawing="book" title="今天还没有记录" text="扫会员码，记下第一张小票" />
          ) : (
            <View className="card day-rows">
              {data.rows.map((row) => (
                <DayRow key={`${row.kind}${row.ref}${row.at}`} row={row} />
              ))}
            </View>
          )}
        </>
      )}
    </Loaded>
  )
}

function Sums({ day }: { day: Day }) {
  return (
    <Figures>
      <FigureLine>
        <Figure label="小票" value={String(day.purchases)} />
        <Figure label="积分（已减退货）" value={<Points value={day.points} />} />
        <Figure label="取货" value={String(day.pickups)} />
      </FigureLine>
      <FigureLine>
        <Figure label="收款（元）" value={yuan(day.amountFen)} />
        <Figure label="退款（元）" value={yuan(day.refundFen)} />
        <Figure label="净额（元）" value={yuan(day.netFen)} />
      </FigureLine>
    </Figures>
  )
}

/** Purchases and returns link to their receipt; a hand-over has no further page. */
function DayRow({ row }: { row: Row }) {
  const receipt = `/clerk/record/index?store=${row.storeId}&no=${encodeURIComponent(row.ref)}`
  return (
    <Tap className="day-row" onTap={row.kind === 'pickup' ? undefined : () => open(receipt)}>
      <View className={`day-mark day-${row.kind}`}>
        <Icon name={icons[row.kind]} size={36} />
      </View>
      <View className="grow">
        <View className="one-line">{row.title}</View>
        <View className="quiet one-line">
          <Text className="digits">{whenText(row.at).slice(11)}</Text> {row.memberNickname}
        </View>
      </View>
      {row.kind !== 'pickup' && (
        <View className="day-sum">
          <View className="digits">
            {row.kind === 'return' ? '−' : ''}¥{yuan(row.amountFen)}
          </View>
          <Points value={row.points} signed />
        </View>
      )}
    </Tap>
  )
}
