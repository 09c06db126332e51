import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { pendingText } from '@pointbook/shared/policy-words/earning'
import { Button, Collapse, Form, Radio } from 'antd'
import { Card } from '../../../pieces/card.tsx'
import { ExtensionInput } from './extension-input.tsx'
import { Field, whole, wholeOrNone } from './field.tsx'
import { Choose, WholeInput } from './inputs.tsx'
import { aYear, LifeInput } from './life-input.tsx'
import { triggerOptions } from './rule/triggers.ts'

export function LifeSection() {
  return (
    <Card id="life" title="到账、有效期与退货" className="editor-section">
      <Pending />
      <Field
        name={['expiry', 'life']}
        label="积分有效期"
        rules={[whole]}
        extra="只影响之后获得的积分，已发放的到期日不变"
      >
        <LifeInput />
      </Field>
      <Field name={['returns']} label="退货时，得到的积分已经花掉了怎么办">
        <Radio.Group
          aria-label="退货时，得到的积分已经花掉了怎么办"
          options={[
            { value: 'debt', label: '记为欠分，以后获得的积分先抵还' },
            { value: 'clamp', label: '不再追回，只作记录' },
          ]}
        />
      </Field>
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
    </Card>
  )
}

/** When the points of a purchase can be used. */
function Pending() {
  const form = Form.useFormInstance<Policy>()
  const until = Form.useWatch(['pending', 'until'], form)
  const days = Form.useWatch(['pending', 'days'], form)
  const said = until && days != null ? pendingText({ until, days }) : ''
  return (
    <div className="editor-row">
      <Field name={['pending', 'until']} label="消费得到的积分，什么时候可用" extra={said}>
        <Radio.Group
          aria-label="消费得到的积分，什么时候可用"
          optionType="button"
          options={[
            { value: 'days', label: '过几天' },
            { value: 'confirmed', label: '确认收货后' },
          ]}
        />
      </Field>
      <Field
        name={['pending', 'days']}
        label={until === 'confirmed' ? '一直没有确认的话' : '几天后'}
        extra={until === 'confirmed' ? '填 0 表示一定要等确认' : '填 0 表示马上可用'}
      >
        <WholeInput unit={until === 'confirmed' ? '天后自动可用' : '天后'} max={90} />
      </Field>
    </div>
  )
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
