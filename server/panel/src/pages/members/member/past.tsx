import { Skeleton } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { PastBanner } from '../../../pieces/past-day.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { endOfDay } from '../../../pieces/when.tsx'
import { LotTable } from './lots.tsx'
import { PointsStrip } from './points-figures.tsx'

interface Props {
  memberId: number
  day: string
}

const useAsOf = ({ memberId, day }: Props) =>
  useRead('GET /admin/members/:memberId/as-of', { memberId, at: endOfDay(day) })

/** The account at the end of a past day, with a way back to now. */
export function PastPoints({ onLeave, ...asked }: Props & { onLeave: () => void }) {
  const { data, error, refetch } = useAsOf(asked)
  return (
    <>
      <PastBanner
        title={`您看到的是 ${asked.day} 结束时的积分、明细与批次`}
        description="资料、等级、消费和操作都是现在的，回到现在再看。"
        onLeave={onLeave}
      />
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <LoadingCard rows={1} />}
      {data && (
        <PointsStrip
          label={`${asked.day} 的积分余额`}
          balance={data.balance}
          debt={data.debt}
          small={[
            { label: '当天可用', value: data.usable },
            { label: '待生效', value: data.pending, hint: '退货期内，过后才能使用' },
            { label: '累计发放', value: data.flows.issued },
            { label: '累计使用', value: data.flows.redeemed },
            { label: '累计到期', value: data.flows.expired },
          ]}
        />
      )}
    </>
  )
}

export function PastLots(asked: Props) {
  const { data } = useAsOf(asked)
  return data ? <LotTable lots={data.lots} /> : <Skeleton active />
}
