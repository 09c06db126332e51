import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { pendingFields, returnsFields } from '@pointbook/shared/policy-fields/expiry'
import { Button, Collapse, Form } from 'antd'
import { ExtensionInput } from './extension-input.tsx'
import { Field, whole, wholeOrNone } from './field.tsx'
import { FieldRows } from './field-rows.tsx'
import { Choose } from './inputs.tsx'
import { aYear, LifeInput } from './life-input.tsx'
import { triggerOptions } from './rule/triggers.ts'
import { Section } from './section.tsx'

export function LifeSection() {
  return (
    <Section of="life" title="到账、有效期与退货">
      <Pending />
      <Field
        name={['expiry', 'life']}
        label="积分有效期"
        rules={[whole]}
        extra="只影响之后获得的积分，已发放的到期日不变"
      >
        <LifeInput />
      </Field>
      <FieldRows of={returnsFields} at={[]} />
      <Collapse
        ghost
        className="editor-more"
        items={[
          {
            key: 'more',
            label: '有效期的例外：按来源分别设，或随活动延长',
            forceRender: true,
            children: (
              <>
                <div className="editor-sub">有些积分用另外的有效期</div>
                <OtherLives />
                <Field
                  name={['expiry', 'extension']}
                  label="有效期能延长吗"
                  optional
                  rules={[wholeOrNone]}
                  style={{ marginTop: 16 }}
                >
                  <ExtensionInput />
                </Field>
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

/** When the points of a purchase can be used. */
function Pending() {
  const until = Form.useWatch(['pending', 'until'], Form.useFormInstance<Policy>())
  return <FieldRows of={until === 'confirmed' ? latest : pendingFields} at={['pending']} />
}

const latest = {
  ...pendingFields,
  days: {
    ...pendingFields.days,
    label: '一直没有确认的话',
    unit: '天后自动可用',
    extra: '填 0 表示一定要等确认',
  },
}

const list = ['expiry', 'bySource']

function OtherLives() {
  return (
    <Form.List name={list}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="tier-card">
              <div className="editor-line">
                <Field list={list} name={[name, 'sources']}>
                  <Sources />
                </Field>
                得到的积分
                <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这一条" />
              </div>
              <Field list={list} name={[name, 'life']} rules={[whole]}>
                <LifeInput />
              </Field>
            </div>
          ))}
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ sources: [], life: aYear })}
            disabled={fields.length >= 10}
          >
            添加一种有效期
          </Button>
        </>
      )}
    </Form.List>
  )
}

function Sources({ id, value, onChange }: { id?: string; value?: Trigger[]; onChange?: (sources: Trigger[]) => void }) {
  return (
    <Choose
      {...(id ? { id } : {})}
      values={value ?? []}
      options={triggerOptions}
      onChange={(sources) => onChange?.(sources)}
      placeholder="哪些来源"
    />
  )
}
