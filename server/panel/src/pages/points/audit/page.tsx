import { CheckCircleFilled, CloseCircleFilled, SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button, Progress } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { atMinute } from '../../../pieces/when.tsx'
import { Sum } from './sum.tsx'
import './page.css'
import type { Report } from './types.ts'

export function Component() {
  const { data, error, refetch } = useRead('GET /admin/ledger-audit', {})
  const run = useWrite('POST /admin/ledger-audit', { withId: false, changes: ['GET /admin/ledger-audit'] })
  const report = data?.report
  return (
    <>
      <PageHeader
        title="账目核对"
        hint="把每一笔积分从头算一遍，看总账、分账和防伪印记是否都对得上；每天夜里也会自动核对"
        actions={
          <Button
            type="primary"
            icon={<SafetyCertificateOutlined />}
            loading={run.isPending}
            onClick={() => run.mutate({})}
          >
            {run.isPending ? '正在核对' : '现在核对'}
          </Button>
        }
      />
      <RefusalAlert error={error} onRetry={refetch} />
      <RefusalAlert error={run.error} />
      {run.isPending && <Running />}
      {!data && !error && <LoadingCard rows={8} />}
      {data && !report && !run.isPending && (
        <Card>
          <Nothing
            title="还没有核对过"
            hint="第一次核对可能要一两分钟，期间照常营业"
            action={
              <Button type="primary" onClick={() => run.mutate({})}>
                现在核对
              </Button>
            }
          />
        </Card>
      )}
      {report && <Result report={report} />}
    </>
  )
}

function Running() {
  return (
    <Card size="small" style={{ marginBottom: 16 }}>
      <Progress percent={100} status="active" showInfo={false} aria-label="正在核对" />
      <span className="soft">正在逐笔核对，会员再多也不影响营业，请稍候…</span>
    </Card>
  )
}

function Result({ report }: { report: Report }) {
  const failed = report.checks.filter(({ passed }) => !passed).length
  const when = `${atMinute(report.at)} 核对，用时 ${(report.tookMs / 1000).toFixed(1)} 秒`
  return (
    <>
      <Alert
        type={report.passed ? 'success' : 'error'}
        showIcon
        style={{ marginBottom: 16 }}
        title={report.passed ? '账目全部对得上' : `有 ${failed} 项对不上，请查看下面标红的内容`}
        description={when}
      />
      <Sum totals={report.totals} />
      <Card title="核对项目">
        {report.checks.map((check) => (
          <Check key={check.id} check={check} />
        ))}
      </Card>
    </>
  )
}

function Check({ check }: { check: Report['checks'][number] }) {
  const { title, text, passed, checked, faults } = check
  return (
    <div className="check">
      {passed ? <CheckCircleFilled className="gain check-mark" /> : <CloseCircleFilled className="loss check-mark" />}
      <div className="check-text">
        <strong>{title}</strong>
        <div className="soft">{text}</div>
        {faults.length > 0 && (
          <ul className="check-faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {faults.length >= 50 && <div className="soft small">只列出前 50 处</div>}
      </div>
      <span className="soft digits">核对了 {countText(checked)} 项</span>
    </div>
  )
}
