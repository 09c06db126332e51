import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import { merchantNames } from '@pointbook/shared/policy-words/condition'
import { ruleText } from '@pointbook/shared/policy-words/rule'
import { Button, Dropdown, Switch } from 'antd'
import { useContext, useRef, useState } from 'react'
import { useStores } from '../../api/use-stores.ts'
import { useDone } from '../../pieces/use-done.tsx'
import { Faults, faultsAt } from './field.tsx'
import { newId } from './new-id.ts'
import { newRules } from './new-rules.ts'
import { RuleDrawer } from './rule-drawer.tsx'
import { TierOptions } from './tier-options.ts'

interface Props {
  value?: EarningRule[]
  onChange?: (rules: EarningRule[]) => void
}

/** Rules as sentences; one opens in a drawer to be changed and comes back whole. */
export function RuleList({ value: rules = [], onChange }: Props) {
  const [open, setOpen] = useState<{ at: number; rule: EarningRule } | null>(null)
  const done = useDone()
  // Other rules may change between a removal and its undoing.
  const latest = useRef({ rules, onChange })
  latest.current = { rules, onChange }
  const put = (at: number, rule: EarningRule) => onChange?.(rules.toSpliced(at, 1, rule))
  const remove = (at: number) => {
    const removed = rules[at]!
    onChange?.(rules.toSpliced(at, 1))
    done(`已删除「${removed.name}」`, async () =>
      latest.current.onChange?.(latest.current.rules.toSpliced(at, 0, removed)),
    )
  }
  const create = (key: string) => setOpen({ at: rules.length, rule: { ...newRules[key]!.rule, id: newId('rule') } })
  const save = (rule: EarningRule) => {
    if (open) put(open.at, rule)
    setOpen(null)
  }
  const menu = {
    items: Object.entries(newRules).map(([key, { label }]) => ({ key, label })),
    onClick: ({ key }: { key: string }) => create(key),
  }
  return (
    <>
      {rules.map((rule, at) => (
        <RuleCard
          key={rule.id}
          rule={rule}
          at={at}
          onOpen={() => setOpen({ at, rule })}
          onChange={(next) => put(at, next)}
          onCopy={() =>
            setOpen({ at: rules.length, rule: { ...rule, id: newId('rule'), name: `${rule.name} 副本`.slice(0, 30) } })
          }
          onRemove={() => remove(at)}
        />
      ))}
      <Dropdown menu={menu} trigger={['click']}>
        <Button type="dashed" icon={<PlusOutlined />}>
          添加规则
        </Button>
      </Dropdown>
      {open && <RuleDrawer rule={open.rule} at={open.at} onSave={save} onClose={() => setOpen(null)} />}
    </>
  )
}

interface CardProps {
  rule: EarningRule
  at: number
  onOpen: () => void
  onChange: (rule: EarningRule) => void
  onCopy: () => void
  onRemove: () => void
}

function RuleCard({ rule, at, onOpen, onChange, onCopy, onRemove }: CardProps) {
  const { storeName } = useStores()
  const tiers = useContext(TierOptions)
  const { faults } = useContext(Faults)
  const mine = faultsAt(faults, ['earning', 'rules', at])
  const tierName = (id: string) => tiers.find(({ value }) => value === id)?.label ?? '（已删除的等级）'
  const look = ['rule-card', !rule.enabled && 'rule-card-off', mine.length > 0 && 'rule-card-faulty']
  return (
    <div className={look.filter(Boolean).join(' ')}>
      <Switch size="small" checked={rule.enabled} onChange={(enabled) => onChange({ ...rule, enabled })} />
      <div className="rule-card-text">
        <strong>{rule.name}</strong>
        <div className="soft">{ruleText(rule, merchantNames({ tier: tierName, store: storeName }))}</div>
        {mine.map(({ path, text }) => (
          <div key={path + text} className="loss small">
            {text}
          </div>
        ))}
      </div>
      <Button size="small" onClick={onOpen}>
        修改
      </Button>
      <Button size="small" type="text" icon={<CopyOutlined />} onClick={onCopy} aria-label="复制这条规则" />
      <Button size="small" type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label="删除这条规则" />
    </div>
  )
}
