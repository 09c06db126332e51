import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { benefitClasses, windows as windowTexts } from '@pointbook/shared/policy-words/tiers'
import { Button, Card, Form, Input, Select } from 'antd'
import { Field } from './field.tsx'
import { TimesInput, WholeInput } from './inputs.tsx'
import { newId } from './new-id.ts'

const list = ['tiers', 'levels']
const windows = Object.entries(windowTexts).map(([value, label]) => ({ value, label }))
const classes = Object.entries(benefitClasses).map(([value, label]) => ({ value, label }))

export function TierSection() {
  return (
    <Card id="tiers" title="会员等级" className="editor-section">
      <Field name={['tiers', 'window']} label="按什么升级">
        <Select options={windows} style={{ width: 260 }} />
      </Field>
      <Form.List name={list}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="tier-card">
                <div className="editor-row">
                  <Field list={list} name={[name, 'name']} label="等级名称">
                    <Input maxLength={12} style={{ width: 130 }} />
                  </Field>
                  <Field list={list} name={[name, 'from']} label="满多少积分">
                    <WholeInput unit="分" />
                  </Field>
                  <Field list={list} name={[name, 'multiplierBp']} label="积分加速">
                    <TimesInput />
                  </Field>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    onClick={() => remove(name)}
                    style={{ marginTop: 30, marginInlineStart: 'auto' }}
                  >
                    删除等级
                  </Button>
                </div>
                <Benefits tier={name} />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => add({ id: newId('tier'), name: '', from: null, multiplierBp: 10_000, benefits: [] })}
            >
              添加等级
            </Button>
          </>
        )}
      </Form.List>
    </Card>
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
              <Field list={path} name={[name, 'class']}>
                <Select options={classes} style={{ width: 84 }} />
              </Field>
              <Field list={path} name={[name, 'name']}>
                <Input placeholder="权益，例如：免费包装" maxLength={20} style={{ width: 170 }} />
              </Field>
              <Form.Item name={[name, 'text']} style={{ flex: 1 }}>
                <Input placeholder="说明（可不填）" maxLength={100} />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这项权益" />
            </div>
          ))}
          <Button
            type="link"
            icon={<PlusOutlined />}
            style={{ padding: 0, marginBottom: 10 }}
            onClick={() => add({ class: 'shopping', type: 'custom', name: '', text: '' })}
          >
            添加权益
          </Button>
        </>
      )}
    </Form.List>
  )
}
