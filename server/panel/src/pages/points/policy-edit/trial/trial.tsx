import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Collapse, Input, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useShop } from '../../../../layout/use-shop.ts'
import { Card } from '../../../../pieces/card.tsx'
import { Explanations } from '../../../../pieces/explanations.tsx'
import { countText } from '../../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../../pieces/refusal-alert.tsx'
import { usePreview } from '../../policy/use-preview.ts'
import { triggerOptions } from '../rule/triggers.ts'
import { Cart } from './cart.tsx'
import { MemberFields, PaidFields, WhenFields } from './circumstances.tsx'
import { type Example, eventOf, hundred } from './example.ts'
import './trial.css'

/** One purchase or act, computed under the draft and under the policy in force by the code for real ones. */
export function Trial({ inForce, draft }: { inForce: Policy; draft: Policy | undefined }) {
  const [example, setExample] = useState(hundred)
  const shop = useShop()
  const event = eventOf(useDeferredValue(example), shop?.today ?? '2026-01-01')
  const before = usePreview(shop && inForce, event)
  const after = usePreview(shop && draft, event)
  const put = (change: Partial<Example>) => setExample({ ...example, ...change })
  const { trigger } = example
  const levels = (draft ?? inForce).tiers.levels
  return (
    <Card size="small" title="试算" extra={<span className="soft small">换个情形，看看每条规则给不给</span>}>
      <div className="trial-row">
        <Select
          value={trigger}
          options={triggerOptions}
          onChange={(next) => put({ trigger: next, code: '' })}
          aria-label="试算什么"
        />
        {(trigger === 'activity' || trigger === 'event') && (
          <Input
            value={example.code}
            onChange={({ target }) => put({ code: target.value.toLowerCase().replace(/[^a-z0-9-]/g, '') })}
            placeholder="代码（可不填）"
            aria-label="活动或行为的代码"
            maxLength={40}
          />
        )}
      </div>
      {(trigger === 'purchase' || trigger === 'event') && <Cart example={example} put={put} />}
      <Collapse
        ghost
        size="small"
        className="trial-more"
        items={[
          { key: 'member', label: '哪位会员', children: <MemberFields example={example} put={put} levels={levels} /> },
          { key: 'when', label: '什么时候', children: <WhenFields example={example} put={put} /> },
          ...(trigger === 'purchase'
            ? [{ key: 'paid', label: '在哪里买、怎么付', children: <PaidFields example={example} put={put} /> }]
            : []),
        ]}
      />
      <div className="trial-result digits">
        <div>
          <span className="soft small">现行规则</span>
          <strong>{before.data ? countText(before.data.points) : '…'}</strong>
        </div>
        <div className="trial-draft">
          <span className="soft small">这份草稿</span>
          <strong>{draft ? (after.data ? countText(after.data.points) : '…') : '—'}</strong>
        </div>
      </div>
      <RefusalAlert error={after.error ?? before.error} />
      {draft && after.data && (
        <>
          <div className="soft small">
            按草稿计算，{after.data.expiresOn ? `有效期到 ${after.data.expiresOn}` : '永久有效'}
          </div>
          {after.data.why.length > 0 ? (
            <Explanations lines={after.data.why} />
          ) : (
            <div className="soft">没有规则管这件事</div>
          )}
        </>
      )}
    </Card>
  )
}
