import { Alert, Button } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { LinkButton } from '../../../pieces/link-button.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { useMay } from '../../../session/use-may.tsx'
import { useSession } from '../../../session/use-session.ts'

/** For owners, while nobody must use a second factor. */
export function FactorReminder() {
  const { data } = useRead('GET /admin/accounts', {})
  const isMine = useSession().session?.secondFactor
  const may = useMay()
  const done = useDone()
  const put = useWrite('PUT /admin/accounts-rule', { withId: false, changes: ['GET /admin/accounts'] })
  if (!may('PUT /admin/accounts-rule') || data?.demanded !== 'nobody') return null
  const demand = () => put.send({ demanded: 'owner-finance' }, () => done('已要求店主和财务开启两步验证'))
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title="现在只凭密码就能登录后台。让店主和财务再输一次手机上的验证码，密码被人知道了也登不进来。"
      description={put.error ? sayError(put.error) : undefined}
      action={
        isMine ? (
          <Button type="primary" size="small" loading={put.isPending} onClick={demand}>
            要求两步验证
          </Button>
        ) : (
          <LinkButton type="primary" size="small" to="/accounts/own">
            先给自己开启
          </LinkButton>
        )
      }
    />
  )
}
