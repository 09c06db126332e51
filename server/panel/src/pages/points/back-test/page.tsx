import { addDays, addMonths } from '@pointbook/shared/day'
import { Alert, Button, Card, Progress } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { useShop } from '../../../layout/use-shop.ts'
import { DaysPicker } from '../../../pieces/day-picker.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { Result } from './result.tsx'
import './page.css'
import type { Backtest } from './types.ts'

const LOOK_AGAIN_MS = 700
const list = 'GET /admin/backtests' as const

export function Component() {
  const runs = useRead(list, {})
  const latest = runs.data?.rows[0]
  const running = latest?.state === 'running'
  const followed = useRead(
    'GET /admin/backtests/:id',
    { id: latest?.id ?? '' },
    { enabled: latest !== undefined, ...(running ? { refetchMs: LOOK_AGAIN_MS } : {}) },
  )
  const shown = followed.data ?? latest
  if (running && followed.data && followed.data.state !== 'running') runs.refetch()
  return (
    <>
      <PageHeader
        back="/policy/edit"
        title="用历史消费试算"
        hint="把过去的每一笔消费按下面的规则重新算一遍，看看积分会多发还是少发、谁多谁少。退货按退货的日子扣回，积分按这份规则的有效期到期。只是试算，不改动任何积分。"
      />
      {runs.error && <RefusalAlert error={runs.error} />}
      {!runs.isPending && <Start busy={shown?.state === 'running'} latest={latest} />}
      {runs.isPending ? <LoadingCard rows={8} /> : <Shown backtest={shown} />}
    </>
  )
}

/** Starts with the period of the result shown below. */
function Start({ busy, latest }: { busy: boolean; latest: Backtest | undefined }) {
  const today = useShop()?.today
  const policy = useRead('GET /admin/policy', {})
  const [chosen, setChosen] = useState<[string, string]>()
  const start = useWrite('POST /admin/backtests', { withId: true, changes: [list] })
  if (!today || !policy.data) return <LoadingCard rows={2} />
  const draft = policy.data.draft ?? policy.data.inForce
  const [from, until] = chosen ?? (latest ? [latest.from, latest.until] : [addDays(addMonths(today, -12), 1), today])
  return (
    <Card className="backtest-start">
      <div className="backtest-order">
        <span>
          {policy.data.draft ? '草稿' : '现行规则'}「{draft.name}」
        </span>
        <DaysPicker
          value={[dayjs(from), dayjs(until)]}
          allowClear={false}
          aria-label="试算哪段时间的消费"
          disabledDate={(day) => day.format('YYYY-MM-DD') > today}
          onChange={(days) => {
            const [first, last] = days?.map((day) => day?.format('YYYY-MM-DD')) ?? []
            if (first && last) setChosen([first, last])
          }}
        />
        <Button
          type="primary"
          disabled={busy}
          loading={start.isPending}
          onClick={() => start.send({ policy: draft, from, until })}
        >
          开始试算
        </Button>
      </div>
      <p className="soft small">
        按这份规则从一开始就在用来算：之前的消费也计入等级、上限和第几次消费。签到、邀请等其他积分按当时发出的算；会员当时用掉的积分照旧用掉，不够的部分不算。
      </p>
      {start.error && <RefusalAlert error={start.error} />}
    </Card>
  )
}

function Shown({ backtest }: { backtest: Backtest | undefined }) {
  if (!backtest)
    return (
      <Card>
        <Nothing title="还没有试算过" hint="选好时间，点「开始试算」" />
      </Card>
    )
  if (backtest.state === 'running') return <Running backtest={backtest} />
  if (backtest.state === 'cancelled') return <Alert type="info" showIcon message="上一次试算已取消" />
  if (!backtest.result) return <Alert type="error" showIcon message="试算没有成功，请再试一次" />
  return <Result backtest={backtest} result={backtest.result} />
}

function Running({ backtest: { id, done, all } }: { backtest: Backtest }) {
  const cancel = useWrite('DELETE /admin/backtests/:id', { withId: false, changes: [list, 'GET /admin/backtests/:id'] })
  return (
    <Card>
      <div className="backtest-order">
        <Progress
          className="backtest-progress"
          aria-label="试算进度"
          percent={all === 0 ? 0 : Math.floor((done / all) * 100)}
        />
        <Button loading={cancel.isPending} onClick={() => cancel.send({ id })}>
          取消
        </Button>
      </div>
      <p className="soft small digits">
        {all === 0 ? '正在准备…' : `已算 ${countText(done)} 笔，共 ${countText(all)} 笔`}
      </p>
    </Card>
  )
}
