import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { emptyOf } from '@pointbook/shared/policy-fields/field'
import { benefitFields, levelFields, thresholdFields, tierFields } from '@pointbook/shared/policy-fields/tiers'
import { Button, Form } from 'antd'
import { Nothing } from '../../../pieces/nothing.tsx'
import { FieldInput } from './field-input.tsx'
import { FieldItem, FieldRows } from './field-rows.tsx'
import { newId } from './new-id.ts'
import { Section } from './section.tsx'

type Measure = Policy['tiers']['measure']

const list = ['tiers', 'levels']

const FEN_PER_YUAN = 100

export function TierSection() {
  return (
    <Section of="tiers" title="会员等级">
      <FieldRows of={tierFields} at={['tiers']} inputs={{ measure: <MeasureInput /> }} />
      <Form.List name={list}>
        {(fields, { add, remove }) => (
          <>
            {fields.length === 0 && <Nothing title="没有设等级，所有会员一样" />}
            {fields.map(({ key, name }) => (
              <Level key={key} name={name} onRemove={() => remove(name)} />
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => add({ id: newId('tier'), ...emptyOf(levelFields), from: null, benefits: [] })}
              disabled={fields.length >= 20}
            >
              添加等级
            </Button>
          </>
        )}
      </Form.List>
    </Section>
  )
}

/** Thresholds keep their number when the measure changes: 500 points become 500 yuan. */
function MeasureInput({ value, onChange, ...rest }: { value?: Measure; onChange?: (next: Measure) => void }) {
  const form = Form.useFormInstance<Policy>()
  const choose = (next: Measure) => {
    const scale = (next === 'spend' ? FEN_PER_YUAN : 1) / (value === 'spend' ? FEN_PER_YUAN : 1)
    const levels: Policy['tiers']['levels'] = form.getFieldValue(['tiers', 'levels'])
    // A threshold that is not filled in yet stays open.
    const scaled = levels.map((level) => ({ ...level, from: level.from && Math.round(level.from * scale) }))
    form.setFieldValue(['tiers', 'levels'], scaled)
    onChange?.(next)
  }
  return <FieldInput {...rest} of={tierFields.measure} value={value} onChange={(next) => choose(next as Measure)} />
}

const { name: levelName, ...levelTerms } = levelFields

function Level({ name, onRemove }: { name: number; onRemove: () => void }) {
  const measure = Form.useWatch(['tiers', 'measure'], Form.useFormInstance<Policy>()) ?? 'points'
  const fields = { name: levelName, from: thresholdFields[measure], ...levelTerms }
  return (
    <div className="tier-card">
      <div className="editor-row">
        {Object.entries(fields).map(([key, field]) => (
          <FieldItem key={key} of={field} list={list} at={[name, key]} />
        ))}
        <Button
          type="text"
          icon={<DeleteOutlined />}
          onClick={onRemove}
          style={{ marginTop: 30, marginInlineStart: 'auto' }}
        >
          删除等级
        </Button>
      </div>
      <Benefits tier={name} />
    </div>
  )
}

function Benefits({ tier }: { tier: number }) {
  const path = [...list, tier, 'benefits']
  return (
    <Form.List name={[tier, 'benefits']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="editor-line">
              {Object.entries(benefitFields).map(([key, field]) => (
                <FieldItem
                  key={key}
                  of={field}
                  list={path}
                  at={[name, key]}
                  inline
                  {...(field.kind === 'text' ? { style: { flex: 1 } } : {})}
                />
              ))}
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这项权益" />
            </div>
          ))}
          <Button
            type="link"
            icon={<PlusOutlined />}
            style={{ padding: 0, marginBottom: 10 }}
            onClick={() => add(emptyOf(benefitFields))}
            disabled={fields.length >= 20}
          >
            添加权益
          </Button>
        </>
      )}
    </Form.List>
  )
}
