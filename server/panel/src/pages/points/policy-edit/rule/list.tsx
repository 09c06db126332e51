import { PlusOutlined } from '@ant-design/icons'
import type { EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { cut } from '@pointbook/shared/text'
import { Button, Form } from 'antd'
import { useRef, useState } from 'react'
import { Nothing } from '../../../../pieces/nothing.tsx'
import { useDone } from '../../../../pieces/use-done.tsx'
import { newId } from '../new-id.ts'
import { RuleCard } from './card.tsx'
import { RuleDrawer } from './drawer.tsx'
import { NewRule } from './new-rule.tsx'
import type { Template } from './templates.ts'

interface Props {
  value?: EarningRule[]
  onChange?: (rules: EarningRule[]) => void
}

/** Rules as sentences. A rule is edited in a drawer and written back as a whole. */
export function RuleList({ value: rules = [], onChange }: Props) {
  const [open, setOpen] = useState<{ at: number; rule: EarningRule } | null>(null)
  const [choosing, setChoosing] = useState(false)
  const draft = Form.useFormInstance<Policy>()
  const done = useDone()
  // Other rules may change between a removal and its undoing.
  const latest = useRef({ rules, onChange })
  latest.current = { rules, onChange }
  const put = (at: number, rule: EarningRule) => onChange?.(rules.toSpliced(at, 1, rule))
  const move = (at: number, to: number) => onChange?.(rules.toSpliced(at, 1).toSpliced(to, 0, rules[at]!))
  const remove = (at: number) => {
    const removed = rules[at]!
    onChange?.(rules.toSpliced(at, 1))
    done(`已删除「${removed.name}」`, async () =>
      latest.current.onChange?.(latest.current.rules.toSpliced(at, 0, removed)),
    )
  }
  const begin = (rule: Template) => {
    setChoosing(false)
    setOpen({ at: rules.length, rule: { ...rule, id: newId('rule') } })
  }
  const save = (rule: EarningRule, newGroup: RuleGroup | null) => {
    if (newGroup) {
      const groups = draft.getFieldValue(['earning', 'groups'])
      draft.setFieldValue(['earning', 'groups'], [...groups, newGroup])
    }
    if (open) put(open.at, rule)
    setOpen(null)
  }
  return (
    <>
      {rules.length === 0 && <Nothing title="还没有规则" hint="没有规则时，消费和其他行为都不会得到积分" />}
      {rules.map((rule, at) => (
        <RuleCard
          key={rule.id}
          rule={rule}
          at={at}
          count={rules.length}
          onOpen={() => setOpen({ at, rule })}
          onChange={(next) => put(at, next)}
          onMove={(to) => move(at, to)}
          onCopy={() => begin({ ...rule, name: cut(`${rule.name} 副本`, 30) })}
          onRemove={() => remove(at)}
        />
      ))}
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => setChoosing(true)}>
        添加规则
      </Button>
      {choosing && <NewRule onChoose={begin} onClose={() => setChoosing(false)} />}
      {open && <RuleDrawer rule={open.rule} at={open.at} onSave={save} onClose={() => setOpen(null)} />}
    </>
  )
}
