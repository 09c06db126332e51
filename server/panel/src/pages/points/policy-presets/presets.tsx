import { App } from 'antd'
import { useNavigate } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { PresetCard } from './preset-card.tsx'
import './presets.css'
import type { Preset } from './types.ts'

/** Policies for shops of many kinds; the one that is chosen becomes the draft. */
export function Presets({ layout }: { layout: 'grid' | 'strip' }) {
  const { data, error } = useRead('GET /admin/policy/presets', {})
  const policy = useRead('GET /admin/policy', {}).data
  const put = useWrite('PUT /admin/policy/draft', { withId: false, changes: ['GET /admin/policy'] })
  const navigate = useNavigate()
  const { modal } = App.useApp()
  if (!data || !policy) return error ? <RefusalAlert error={error} /> : <LoadingCard rows={8} />

  const take = ({ policy: chosen }: Preset) =>
    put.send({ draft: chosen, revision: policy.draftRevision }, () => navigate('/policy/edit'))
  const ask = (preset: Preset) =>
    modal.confirm({
      title: `用「${preset.name}」替换现在的草稿？`,
      content: '草稿里没有发布的修改会丢失，现行规则不受影响。',
      okText: '替换草稿',
      cancelText: '留着草稿',
      onOk: () => take(preset),
    })
  return (
    <>
      <RefusalAlert error={put.error} />
      <div className={`presets presets-${layout}`}>
        {data.rows.map((preset) => (
          <PresetCard
            key={preset.key}
            preset={preset}
            busy={put.isPending}
            onChoose={() => (policy.draft ? ask(preset) : take(preset))}
          />
        ))}
      </div>
    </>
  )
}
