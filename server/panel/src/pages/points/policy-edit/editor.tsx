import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Anchor, Form } from 'antd'
import { useMemo, useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useStores } from '../../../api/use-stores.ts'
import { useTags } from '../../../api/use-tags.ts'
import { comparePolicies } from '../policy/compare.ts'
import { Publish } from '../policy/publish.tsx'
import { CalculationSection } from './calculation-section.tsx'
import { CheckInSection } from './check-in-section.tsx'
import { EditorHeader } from './editor-header.tsx'
import { Faults } from './field.tsx'
import { Known, knownIn } from './known.ts'
import { LifeSection } from './life-section.tsx'
import { OffsetSection } from './offset-section.tsx'
import { OutdatedDraft } from './outdated-draft.tsx'
import { ReferralSection } from './referral-section.tsx'
import { ReminderSection } from './reminder-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { idOf, sections } from './sections.ts'
import { Side } from './side.tsx'
import { TierSection } from './tier-section.tsx'
import { TillSection } from './till-section.tsx'
import { useDraft } from './use-draft.ts'
import './editor.css'

interface Props {
  policy: Reply<'GET /admin/policy'>
  onBeginAnew: () => Promise<void>
}

export function Editor({ policy, onBeginAnew }: Props) {
  const { inForce } = policy
  // A version published while this one is being written must be seen first: publishing is then refused.
  const [basedOn] = useState(policy.latest)
  const [publishing, setPublishing] = useState(false)
  const [form] = Form.useForm<Policy>()
  const { storeName } = useStores()
  const draft = useDraft(form, policy)
  const changes = useMemo(
    () => (draft.complete ? comparePolicies(inForce, draft.draft, storeName) : []),
    [inForce, draft.draft, draft.complete, storeName],
  )
  const { tags } = useTags()
  const known = useMemo(
    () =>
      knownIn(
        draft.draft,
        tags.map(({ tag }) => tag),
      ),
    [draft.draft, tags],
  )
  const faultContext = useMemo(() => ({ faults: draft.faults, base: [] }), [draft.faults])
  return (
    <>
      <div className="editor-top">
        <EditorHeader
          draft={draft}
          changed={changes.length > 0}
          stored={policy.draft !== null}
          onPublish={() => setPublishing(true)}
          onBeginAnew={onBeginAnew}
        />
      </div>
      <OutdatedDraft draft={draft} inForce={inForce} onTakeTheirs={onBeginAnew} />
      <div className="editor">
        <Anchor
          className="editor-anchor"
          offsetTop={96}
          items={sections.map(({ key, title }) => ({ key, href: `#${idOf(key)}`, title }))}
        />
        <Known.Provider value={known}>
          <Faults.Provider value={faultContext}>
            <Form
              form={form}
              layout="vertical"
              initialValues={policy.draft ?? inForce}
              onValuesChange={draft.changed}
              scrollToFirstError
            >
              <RulesSection />
              <CalculationSection />
              <LifeSection />
              <OffsetSection />
              <TillSection />
              <CheckInSection />
              <ReferralSection />
              <TierSection />
              <ReminderSection />
            </Form>
          </Faults.Provider>
        </Known.Provider>
        <Side inForce={inForce} draft={draft} changes={changes} />
      </div>
      <Publish
        open={publishing}
        title="发布新规则"
        hint="发布后不能再改，只能再发布新的版本；会员已经得到的积分不受影响。"
        policy={draft.draft}
        basedOn={basedOn}
        changes={changes}
        warnings={draft.faults.filter(({ level }) => level === 'warning')}
        onClose={() => setPublishing(false)}
      />
    </>
  )
}
