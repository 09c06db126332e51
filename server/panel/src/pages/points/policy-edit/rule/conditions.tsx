import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Condition, Fact, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { Button, Dropdown, Form } from 'antd'
import { type FaultPath, hasHole, useFault } from '../field.tsx'
import { FactInput } from './fact-input.tsx'
import { factKinds, factMenu, isJoined, joinedKinds, joinedStart } from './fact-kinds.ts'
import './conditions.css'

/** As deep as the contract lets conditions be joined within one another. */
const DEPTH = 2

interface ListProps {
  value?: Condition[]
  onChange?: (conditions: Condition[]) => void
  trigger: Trigger
  path: FaultPath
  depth?: number
}

/** Conditions in a column; combined ones are indented below their operator. */
export function ConditionList({ value: conditions = [], onChange, trigger, path, depth = 0 }: ListProps) {
  const put = (at: number, condition: Condition) => onChange?.(conditions.toSpliced(at, 1, condition))
  return (
    <div className="conditions">
      {conditions.map((condition, at) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place
          key={at}
          condition={condition}
          onChange={(next) => put(at, next)}
          onRemove={() => onChange?.(conditions.toSpliced(at, 1))}
          trigger={trigger}
          path={[...path, at]}
          depth={depth}
        />
      ))}
      <AddCondition trigger={trigger} depth={depth} onAdd={(condition) => onChange?.([...conditions, condition])} />
    </div>
  )
}

interface RowProps {
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
  trigger: Trigger
  path: FaultPath
  depth: number
}

function ConditionRow({ condition, onRemove, ...rest }: RowProps) {
  const joined = isJoined(condition.type)
  const fault = useFault(rest.path, !joined)
  return (
    <div className={joined ? 'condition condition-joined' : 'condition'}>
      <div className="condition-line">
        <span className={joined ? 'condition-join' : 'nowrap'}>
          {isJoined(condition.type) ? joinedKinds[condition.type].label : factKinds[condition.type].label}
        </span>
        {!joined && (
          <Form.Item noStyle {...(hasHole(condition) ? {} : { validateStatus: '' })}>
            <FactInput fact={condition as Fact} onChange={rest.onChange} />
          </Form.Item>
        )}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          onClick={onRemove}
          className="condition-remove"
          aria-label="删除这个条件"
        />
      </div>
      {fault && <div className={fault.level === 'error' ? 'loss small' : 'doubt small'}>{fault.text}</div>}
      {joined && <Inner condition={condition} {...rest} />}
    </div>
  )
}

/** The operands: a list, or for `not` the condition that must not be true. */
function Inner({ condition, onChange, trigger, path, depth }: Omit<RowProps, 'onRemove'>) {
  const below = { trigger, depth: depth + 1, path: [...path, 'of'] }
  if (condition.type === 'all' || condition.type === 'any') {
    const change = (of: Condition[]) => onChange({ ...condition, of } as Condition)
    return <ConditionList {...below} value={condition.of} onChange={change} />
  }
  if (condition.type !== 'not') return null
  const change = (of: Condition | null) => onChange({ type: 'not', of } as Condition)
  return (
    <div className="conditions">
      {condition.of ? (
        <ConditionRow {...below} condition={condition.of} onChange={change} onRemove={() => change(null)} />
      ) : (
        <AddCondition trigger={trigger} depth={depth + 1} onAdd={change} />
      )}
    </div>
  )
}

interface AddProps {
  trigger: Trigger
  depth: number
  onAdd: (condition: Condition) => void
}

function AddCondition({ trigger, depth, onAdd }: AddProps) {
  const add = (key: string) => onAdd(isJoined(key) ? joinedStart(key) : factKinds[key as Fact['type']].start)
  return (
    <Dropdown
      trigger={['click']}
      destroyOnHidden
      menu={{
        items: factMenu(trigger, depth < DEPTH),
        onClick: ({ key }) => add(key),
        style: { maxHeight: 420, overflowY: 'auto' },
      }}
    >
      <Button type="dashed" size="small" icon={<PlusOutlined />} className="condition-add">
        添加条件
      </Button>
    </Dropdown>
  )
}
