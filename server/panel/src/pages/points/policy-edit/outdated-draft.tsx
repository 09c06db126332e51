import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Alert, Button, Space } from 'antd'
import { useStores } from '../../../api/use-stores.ts'
import { Changes } from '../policy/changes.tsx'
import { comparePolicies } from '../policy/compare.ts'
import type { useDraft } from './use-draft.ts'

interface Props {
  draft: ReturnType<typeof useDraft>
  inForce: Policy
  onTakeTheirs: () => void
}

/** Another window or a colleague has saved a draft since this one was opened: what differs, and which of the two stays. */
export function OutdatedDraft({ draft, inForce, onTakeTheirs }: Props) {
  const { storeName } = useStores()
  if (!draft.theirs) return null
  const theirs = draft.theirs.now?.draft ?? null
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={
        theirs ? '草稿刚刚在别处改过，您这里的修改还没有保存' : '草稿刚刚在别处丢弃或发布了，您这里的修改还没有保存'
      }
      description={
        <>
          <p>下面是您这份和{theirs ? '最新草稿' : '现行规则'}的不同：「原来」是最新的，「改为」是您的。</p>
          <div style={{ maxHeight: '32vh', overflowY: 'auto', marginBottom: 12 }}>
            <Changes changes={comparePolicies(theirs ?? inForce, draft.draft, storeName)} />
          </div>
          <Space wrap>
            <Button onClick={onTakeTheirs}>用最新的，不要我的修改</Button>
            <Button type="primary" disabled={!draft.complete} onClick={draft.keepMine}>
              用我的这份代替
            </Button>
          </Space>
        </>
      }
    />
  )
}
