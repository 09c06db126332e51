import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { groupModes, ruleText } from '@pointbook/shared/policy-words/rule'
import { Button, Switch, Tooltip } from 'antd'
import { type ReactNode, useContext } from 'react'
import { Mark } from '../../../../pieces/mark.tsx'
import { Faults, faultsAt } from '../field.tsx'
import { Known } from '../known.ts'
import { useNames } from './sentence.tsx'
import { triggers } from './triggers.ts'

interface Props {
  rule: EarningRule
  at: number
  count: number
  onOpen: () => void
  onChange: (rule: EarningRule) => void
  onMove: (to: number) => void
  onCopy: () => void
  onRemove: () => void
}

export function RuleCard({ rule, at, count, onOpen, onChange, onMove, onCopy, onRemove }: Props) {
  const names = useNames()
  const { faults } = useContext(Faults)
  const mine = faultsAt(faults, ['earning', 'rules', at])
  const faulty = mine.some(({ level }) => level === 'error')
  const look = ['rule-card', !rule.enabled && 'rule-card-off', faulty && 'rule-card-faulty']
  return (
    <div className={look.filter(Boolean).join(' ')}>
      <Switch
        size="small"
        checked={rule.enabled}
        onChange={(enabled) => onChange({ ...rule, enabled })}
        aria-label={`启用「${rule.name}」`}
      />
      <div className="rule-card-text">
        <div className="rule-card-name">
          <strong>{rule.name}</strong>
          {rule.trigger !== 'purchase' && <Mark tone="green">{triggers[rule.trigger].label}</Mark>}
          <GroupMark id={rule.group} />
        </div>
        <div className="soft">{ruleText(rule, names)}</div>
        {mine.map(({ path, text, level }) => (
          <div key={path + text} className={level === 'error' ? 'loss small' : 'doubt small'}>
            {text}
          </div>
        ))}
      </div>
      <div className="rule-card-tools">
        <Tool name="上移" icon={<ArrowUpOutlined />} disabled={at === 0} onClick={() => onMove(at - 1)} />
        <Tool name="下移" icon={<ArrowDownOutlined />} disabled={at === count - 1} onClick={() => onMove(at + 1)} />
        <Tool name="复制" icon={<CopyOutlined />} onClick={onCopy} />
        <Tool name="删除" icon={<DeleteOutlined />} onClick={onRemove} />
        <Button size="small" onClick={onOpen}>
          修改
        </Button>
      </div>
    </div>
  )
}

function GroupMark({ id }: { id: string }) {
  const group = useContext(Known).groups.find((one) => one.id === id)
  if (!group) return null
  return (
    <Tooltip title={`组内的规则${groupModes[group.mode]}`}>
      <span>
        <Mark tone="amber">{group.name}</Mark>
      </span>
    </Tooltip>
  )
}

interface ToolProps {
  name: string
  icon: ReactNode
  disabled?: boolean
  onClick: () => void
}

function Tool({ name, icon, disabled = false, onClick }: ToolProps) {
  return (
    <Tooltip title={name}>
      <Button
        size="small"
        type="text"
        icon={icon}
        disabled={disabled}
        onClick={onClick}
        aria-label={`${name}这条规则`}
      />
    </Tooltip>
  )
}
