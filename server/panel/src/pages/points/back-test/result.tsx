import { DownloadOutlined } from '@ant-design/icons'
import type { BacktestResult } from '@pointbook/shared/contract/points/back-test'
import { Button, Table, Tabs } from 'antd'
import { useState } from 'react'
import { Card } from '../../../pieces/card.tsx'
import { Figure, Figures } from '../../../pieces/figure.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText, deltaText, moneyText } from '../../../pieces/numbers.ts'
import { saveCsv } from '../../../pieces/save-csv.ts'
import { Scrolling } from '../../../pieces/scrolling.tsx'
import { MonthChart, RuleChart } from './charts.tsx'
import { sheetsOf } from './sheets.ts'
import type { Backtest } from './types.ts'

interface Props {
  backtest: Backtest
  result: BacktestResult
}

export function Result({ backtest, result }: Props) {
  const { purchases, members, given, would, givenFen, wouldFen, more, less, same, ended, left, missing } = result
  if (purchases === 0)
    return (
      <Card>
        <Nothing title={`${backtest.from} 至 ${backtest.until} 没有消费`} hint="换一段时间再试" />
      </Card>
    )
  const share = (part: number) => `${((part / purchases) * 100).toFixed(1)}%`
  const change = given === 0 ? '' : `，${deltaText(Math.round(((would - given) / given) * 100))}%`
  return (
    <>
      <Figures>
        <Figure
          label="当时发出"
          value={countText(given)}
          unit="分"
          note={`${countText(purchases)} 笔消费、${countText(members)} 位会员，约合 ${moneyText(givenFen)}`}
        />
        <Figure
          label={`按「${backtest.policyName}」`}
          value={countText(would)}
          unit="分"
          tone="green"
          note={`约合 ${moneyText(wouldFen)}`}
        />
        <Figure
          label="相差"
          value={deltaText(would - given)}
          unit="分"
          {...(would === given ? {} : { tone: 'amber' })}
          note={wouldFen === givenFen ? '成本不变' : `成本${moneyChange(wouldFen - givenFen)}${change}`}
        />
        {ended && <Figure label="期间到期" value={countText(ended.would)} unit="分" note={standText(ended)} />}
        {left && (
          <Figure
            label="期末未用"
            value={countText(left.would)}
            unit="分"
            note={`${standText(left)}${missingText(missing)}`}
          />
        )}
        <Figure label="变多的消费" value={share(more)} note={`变少 ${share(less)}，不变 ${share(same)}`} />
      </Figures>
      <div className="backtest-charts">
        <Card title="每月积分">
          <MonthChart months={result.months} />
        </Card>
        <Card title="各条规则给出的积分">
          <RuleChart rules={result.rules} />
        </Card>
      </div>
      <Sheets backtest={backtest} result={result} />
    </>
  )
}

const standText = ({ was, wouldFen }: NonNullable<BacktestResult['left']>) =>
  `当时 ${countText(was)} 分，试算约合 ${moneyText(wouldFen)}`

/** Shown only when members would have lacked points that they used. */
const missingText = (missing = 0) => (missing === 0 ? '' : `；有 ${countText(missing)} 分当时用掉、试算时不够`)

const moneyChange = (fen: number) => (fen < 0 ? `减少 ${moneyText(-fen)}` : `增加 ${moneyText(fen)}`)

function Sheets({ backtest, result }: Props) {
  const sheets = sheetsOf(result)
  const [key, setKey] = useState('months')
  const { title, titles, rows } = sheets.find((sheet) => sheet.key === key)!
  return (
    <Card
      title="明细"
      extra={
        <Button
          icon={<DownloadOutlined />}
          onClick={() => saveCsv(`试算-${title}-${backtest.from}-${backtest.until}`, [titles, ...rows])}
        >
          下载表格
        </Button>
      }
    >
      <Tabs activeKey={key} onChange={setKey} items={sheets.map((sheet) => ({ key: sheet.key, label: sheet.title }))} />
      <Scrolling name={title}>
        <Table
          aria-label={title}
          dataSource={rows}
          rowKey={(row) => row.join()}
          size="small"
          pagination={false}
          locale={{ emptyText: <Nothing title="没有可列出的" /> }}
          columns={titles.map((name, index) => ({
            title: name,
            align: index === 0 ? ('left' as const) : ('right' as const),
            className: 'digits',
            render: (_: unknown, row: (string | number)[]) => shown(row[index]!),
          }))}
        />
      </Scrolling>
    </Card>
  )
}

const shown = (cell: string | number) => (typeof cell === 'number' ? countText(cell) : cell)
