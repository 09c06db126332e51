import { Refused, refusedBy } from '@pointbook/shared/client'
import { Alert, Button, Result } from 'antd'

/** The message for the merchant: the server's sentence for a refusal, a general one for a lost connection. */
export function sayError(error: unknown) {
  if (refusedBy(error, 'client.outdated')) return '后台已经更新，请刷新页面后再操作'
  if (error instanceof Refused) return error.text
  return '没有连上服务器，请检查网络后再试一次'
}

/** A number support can find in the server's log; only for faults the merchant cannot mend alone. */
function traceOf(error: unknown) {
  return error instanceof Refused && error.status >= 500 ? `事件编号 ${error.requestId}` : undefined
}

/** The end of a session opens the log-in over the page, so no page shows it. */
const isSessionEnd = (error: unknown) => error instanceof Refused && error.status === 401

export function RefusalAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error || isSessionEnd(error)) return null
  return (
    <Alert
      type="error"
      showIcon
      title={sayError(error)}
      description={traceOf(error)}
      style={{ marginBottom: 16 }}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            再试一次
          </Button>
        )
      }
    />
  )
}

export function RefusalPage({ error }: { error: unknown }) {
  return (
    <Result
      status="warning"
      title={<h1 className="plain">{sayError(error)}</h1>}
      subTitle={traceOf(error)}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          重新载入
        </Button>
      }
    />
  )
}
