import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  EditOutlined,
  SyncOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { App, Button, Tooltip } from 'antd'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { danger } from '../../../pieces/danger.ts'
import { LinkButton } from '../../../pieces/link-button.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { DraftState, useDraft } from './use-draft.ts'

const states: Record<DraftState, { icon: React.ReactNode; text: string }> = {
  untouched: { icon: <EditOutlined />, text: '修改会自动保存为草稿，发布后才生效' },
  incomplete: { icon: <ClockCircleOutlined />, text: '还有空没填，填好后自动保存' },
  saving: { icon: <SyncOutlined spin />, text: '正在保存草稿…' },
  saved: { icon: <CheckCircleOutlined className="gain" />, text: '草稿已保存，发布后才生效' },
  outdated: { icon: <WarningOutlined className="loss" />, text: '草稿在别处改过，请先选用哪一份' },
  failed: { icon: <WarningOutlined className="loss" />, text: '草稿没有保存成功' },
}

interface Props {
  draft: ReturnType<typeof useDraft>
  changed: boolean
  stored: boolean
  onPublish: () => void
  onBeginAnew: () => Promise<void>
}

export function EditorHeader({ draft, changed, stored, onPublish, onBeginAnew }: Props) {
  const { icon, text } = states[draft.state]
  const blocked = whyNotYet(draft, changed)
  return (
    <PageHeader
      back="/policy"
      title="修改规则"
      hint={
        <span className="draft-state">
          {icon} {text}
          {draft.state === 'failed' && (
            <>
              ：{sayError(draft.error)}
              <Button type="link" size="small" onClick={draft.retry}>
                再试一次
              </Button>
            </>
          )}
        </span>
      }
      actions={
        <>
          <LinkButton to="/policy/backtest" disabled={draft.state === 'incomplete'}>
            用历史消费试算
          </LinkButton>
          <Discard draft={draft} disabled={!stored} onBeginAnew={onBeginAnew} />
          <Tooltip title={blocked}>
            <Act op="POST /admin/policies" type="primary" disabled={blocked !== undefined} onClick={onPublish}>
              发布
            </Act>
          </Tooltip>
        </>
      }
    />
  )
}

function whyNotYet({ state, faults }: Props['draft'], changed: boolean) {
  const errors = faults.filter(({ level }) => level === 'error').length
  if (errors > 0) return `还有 ${errors} 处需要修改`
  if (state === 'incomplete') return '还有空没填'
  if (state === 'saving' || state === 'failed') return '草稿还没保存好'
  if (state === 'outdated') return '草稿在别处改过'
  return changed ? undefined : '和现行规则相比没有变化'
}

function Discard({ draft, disabled, onBeginAnew }: Pick<Props, 'draft' | 'onBeginAnew'> & { disabled: boolean }) {
  const { modal, message } = App.useApp()
  const done = useDone()
  const put = useWrite('PUT /admin/policy/draft', { withId: false, changes: ['GET /admin/policy'] })
  const discard = async () => {
    const thrown = draft.draft
    const { revision } = await put.mutateAsync({ draft: null, revision: draft.revision.current })
    await onBeginAnew()
    done('草稿已丢弃', () => put.mutateAsync({ draft: thrown, revision }).then(onBeginAnew))
  }
  const ask = () =>
    modal.confirm({
      title: '丢弃这份草稿？',
      content: '回到现行规则重新开始，现行规则不受影响。',
      okText: '丢弃',
      ...danger,
      cancelText: '留着',
      onOk: () => discard().catch((error) => message.error(sayError(error))),
    })
  return (
    <Button disabled={disabled} onClick={ask}>
      丢弃草稿
    </Button>
  )
}
