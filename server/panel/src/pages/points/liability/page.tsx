import { DownloadOutlined } from '@ant-design/icons'
import { isDay } from '@pointbook/shared/day'
import { Button, Tabs } from 'antd'
import { useMemo } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'
import { ExpiryChart } from '../../../pieces/expiry-chart.tsx'
import { FlowChart, isQuiet } from '../../../pieces/flow-chart.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { PastBanner, PastDay } from '../../../pieces/past-day.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { saveCsv } from '../../../pieces/save-csv.ts'
import { useAddress } from '../../../pieces/use-address.ts'
import { LiabilityFigures } from './figures.tsx'
import { Sheet } from './sheet.tsx'
import { sheets } from './sheets.ts'
import './page.css'
import type { Liability } from './types.ts'

export function Component() {
  const [{ on }, change] = useAddress({ on: '' }, { on: isDay })
  const { data, error, refetch } = useRead('GET /admin/liability', { on }, { keep: true })
  return (
    <>
      <PageHeader
        title="积分负债"
        hint="会员手中还没用的积分，是店里将来要兑现的承诺：有多少、值多少、何时到期"
        actions={<PastDay value={on} label="查过去某一天" onChange={(day) => change({ on: day })} />}
      />
      {on && <PastBanner title={`您看到的是 ${on} 结束时的积分负债`} onLeave={() => change({ on: '' })} />}
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <LoadingCard rows={10} />}
      {data && <LiabilitySummary liability={data} />}
    </>
  )
}

function LiabilitySummary({ liability }: { liability: Liability }) {
  const months = useMemo(() => sinceFirst(liability.flows), [liability.flows])
  if (liability.outstanding === 0 && months.length === 0)
    return (
      <Card>
        <Nothing title={`到 ${liability.on} 为止还没有积分往来`} hint="会员获得积分后，这里会列出来" />
      </Card>
    )
  return (
    <>
      <LiabilityFigures liability={liability} />
      <div className="liability-charts">
        <Card title="手中积分何时到期">
          {liability.expiring.length ? (
            <ExpiryChart months={liability.expiring} />
          ) : (
            <Nothing title="会员手中没有积分" />
          )}
        </Card>
        <Card title="近两年每月进出">
          <FlowChart rows={months} label="近两年每月发放、调整、使用、到期与收回的积分" />
        </Card>
      </div>
      <Sheets liability={{ ...liability, flows: months }} />
    </>
  )
}

function Sheets({ liability }: { liability: Liability }) {
  const [{ tab }, change] = useAddress({ tab: 'expiring' })
  const sheet = sheets.find(({ key }) => key === tab) ?? sheets[0]!
  const save = () => saveCsv(`${sheet.title}-${liability.on}`, sheet.csv(liability))
  return (
    <Card
      className="liability-sheets"
      title="明细"
      extra={
        <Button icon={<DownloadOutlined />} onClick={save}>
          下载表格
        </Button>
      }
    >
      <Tabs
        activeKey={sheet.key}
        onChange={(key) => change({ tab: key })}
        items={sheets.map(({ key, title }) => ({ key, label: title }))}
      />
      <Sheet sheet={sheet} liability={liability} />
    </Card>
  )
}

const monthName = (month: string) => `${month.slice(2, 4)}/${Number(month.slice(5))}`

/** The months from the first in which anything moved, named for the chart. */
function sinceFirst(flows: Liability['flows']) {
  const named = flows.map((flow) => ({ ...flow, name: monthName(flow.month) }))
  const first = named.findIndex((month) => month.outstanding !== 0 || !isQuiet([month]))
  return first === -1 ? [] : named.slice(first)
}
