import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import { merchantNames } from '@pointbook/shared/policy-words/condition'
import { ruleText } from '@pointbook/shared/policy-words/rule'
import { Form, type FormInstance } from 'antd'
import { useContext } from 'react'
import { useStores } from '../../../../api/use-stores.ts'
import { hasHole } from '../field.tsx'
import { Known } from '../known.ts'
import type { WithNewGroup } from './group-choice.tsx'

/** Names as the draft has them. */
export function useNames() {
  const { storeName } = useStores()
  const { tiers } = useContext(Known)
  const tier = (id: string) => tiers.find(({ value }) => value === id)?.label ?? '（已删除的等级）'
  return merchantNames({ tier, store: storeName })
}

/** The sentence of the rule in the form. */
export function RuleSentence({ form, rule }: { form: FormInstance<WithNewGroup>; rule: EarningRule }) {
  const names = useNames()
  const edited: EarningRule = { ...rule, ...Form.useWatch((values) => values, { form, preserve: true }) }
  const open = hasHole(edited.gift) || edited.conditions.some(hasHole)
  return (
    <div className="rule-sentence" role="status">
      {open ? <span className="soft">还有空没填，填好后这里会写出这条规则的意思</span> : ruleText(edited, names)}
    </div>
  )
}
