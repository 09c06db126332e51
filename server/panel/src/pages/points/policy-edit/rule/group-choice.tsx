import type { EarningRule, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import { groupModes } from '@pointbook/shared/policy-words/rule'
import { Form, type FormInstance, Input, Select } from 'antd'
import { useContext } from 'react'
import { optionsOf } from '../../../../pieces/options.ts'
import { Field } from '../field.tsx'
import { Known } from '../known.ts'
import { newId } from '../new-id.ts'

/** A rule in its form, with the group that is to be made for it. */
export type WithNewGroup = EarningRule & { newGroup?: Pick<RuleGroup, 'name' | 'mode'> }

const NEW = '@new'

export const modeOptions = optionsOf(groupModes)

/** The group a form chose; one that is new gets its id now. */
export function groupOf(chosen: string, made: WithNewGroup['newGroup']): { group: string; created: RuleGroup | null } {
  if (chosen !== NEW || !made) return { group: chosen, created: null }
  const created = { ...made, id: newId('group') }
  return { group: created.id, created }
}

/** The group of a rule; a new one can be created here. */
export function GroupChoice({ form }: { form: FormInstance<WithNewGroup> }) {
  const { groups } = useContext(Known)
  const chosen = Form.useWatch('group', form)
  const mode = groups.find(({ id }) => id === chosen)?.mode
  const options = [
    { value: '', label: '不分组，和其他规则同时给' },
    ...groups.map(({ id, name }) => ({ value: id, label: name })),
    { value: NEW, label: '＋ 新的一组' },
  ]
  return (
    <>
      <Field name={['group']} label="属于哪一组" optional extra={mode && `组内的规则${groupModes[mode]}`}>
        <Select options={options} style={{ width: 280 }} />
      </Field>
      {chosen === NEW && (
        <div className="editor-row">
          <Field name={['newGroup', 'name']} label="组名">
            <Input maxLength={20} placeholder="例如：节日活动" style={{ width: 180 }} />
          </Field>
          <Field name={['newGroup', 'mode']} label="组内的规则" initialValue="best">
            <Select options={modeOptions} style={{ width: 240 }} />
          </Field>
        </div>
      )}
    </>
  )
}
