import { merchantNames } from '@pointbook/shared/policy-words/condition'
import { ruleText } from '@pointbook/shared/policy-words/rule'
import { Modal } from 'antd'
import { useShop } from '../../../../layout/use-shop.ts'
import { useReturnFocus } from '../../../../pieces/editing/use-return-focus.ts'
import { type Template, templates } from './templates.ts'
import './new-rule.css'

interface Props {
  onChoose: (template: Template) => void
  onClose: () => void
}

const names = merchantNames({ tier: () => '', store: () => '' })

/** Templates of a new rule, each with its sentence. */
export function NewRule({ onChoose, onClose }: Props) {
  const shop = useShop()
  useReturnFocus(true)
  return (
    <Modal open title="从哪种规则开始？" width={760} footer={null} onCancel={onClose}>
      {templates(shop?.today ?? '').map(({ title, rules }) => (
        <div key={title}>
          <div className="editor-sub">{title}</div>
          <div className="templates">
            {rules.map((rule) => (
              <button key={rule.name} type="button" className="template" onClick={() => onChoose(rule)}>
                <strong>{rule.name}</strong>
                <span className="soft small">{ruleText({ ...rule, id: '' }, names)}</span>
              </button>
            ))}
          </div>
        </div>
      ))}
    </Modal>
  )
}
