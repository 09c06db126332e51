import { RollbackOutlined } from '@ant-design/icons'
import { refusedBy } from '@pointbook/shared/client'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { useStores } from '../../../api/use-stores.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Missing } from '../../../pieces/lost.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalPage } from '../../../pieces/refusal-alert.tsx'
import { idIn } from '../../../pieces/use-address.ts'
import { atMinute } from '../../../pieces/when.tsx'
import { Changes } from './changes.tsx'
import { comparePolicies } from './compare.ts'
import { VersionState } from './history.tsx'
import { PolicyPicture } from './policy-picture.tsx'
import { Publish } from './publish.tsx'

export function Component() {
  const version = idIn(useParams()['version'])
  const [asking, setAsking] = useState(false)
  const { storeName } = useStores()
  const past = useRead('GET /admin/policies/:version', { version: version ?? 0 }, { enabled: version !== null })
  const now = useRead('GET /admin/policy', {})
  if (version === null || refusedBy<'GET /admin/policies/:version'>(past.error, 'policy.unknown'))
    return <Missing title="没有找到这个规则版本" to="/policy" back="积分规则" />
  const error = past.error ?? now.error
  if (!past.data || !now.data) return error ? <RefusalPage error={error} /> : <LoadingCard rows={12} />

  const { policy, state, publishedBy, publishedAt, note, warnings } = past.data
  const changes = comparePolicies(now.data.inForce, policy, storeName)
  return (
    <>
      <PageHeader
        back="/policy"
        tab={`第 ${version} 版规则`}
        title={
          <>
            第 {version} 版「{policy.name}」
            <VersionState state={state} />
          </>
        }
        hint={`${publishedBy} 发布于 ${atMinute(publishedAt)}${note ? `：${note}` : ''}`}
        actions={
          state === 'past' && (
            <Act op="POST /admin/policies" type="primary" icon={<RollbackOutlined />} onClick={() => setAsking(true)}>
              用回这一版
            </Act>
          )
        }
      />
      {state !== 'in-force' && (
        <Card title="换成这一版会有哪些变化" size="small" style={{ marginBottom: 16 }}>
          <Changes changes={changes} />
        </Card>
      )}
      <PolicyPicture policy={policy} />
      <Publish
        open={asking}
        title={`用回第 ${version} 版`}
        hint="会照这一版的内容发布一个新版本，已经发放的积分不受影响。"
        policy={policy}
        basedOn={now.data.latest}
        changes={changes}
        warnings={warnings}
        note={`用回第 ${version} 版`}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
