import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { benefitClasses, benefitTypes, downgradeText, windows, windowText } from '@pointbook/shared/policy-words/tiers'
import { Button, Form, Input, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { Card } from '../../../pieces/card.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Field } from './field.tsx'
import { TimesInput, WholeInput, YuanInput } from './inputs.tsx'
import { newId } from './new-id.ts'

type Measure = Policy['tiers']['measure']

const list = ['tiers', 'levels']

const FEN_PER_YUAN = 100

const measureOptions: { value: Measure; label: string }[] = [
  { value: 'points', label: '获得的积分' },
  { value: 'spend', label: '消费金额' },
  { value: 'purchases', label: '消费次数' },
]

const optionsOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }))

export function TierSection() {
  return (
    <Card id="tiers" title="会员等级" className="editor-section">
      <Standing />
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
              onClick={() => add({ id: newId('tier'), name: '', from: null, multiplierBp: 10_000, benefits: [] })}
              disabled={fields.length >= 20}
            >
              添加等级
            </Button>
          </>
        )}
      </Form.List>
    </Card>
  )
}

/** By what a tier is reached, and how it is lost. */
function Standing() {
  const form = Form.useFormInstance<Policy>()
  const tiers: Policy['tiers'] | undefined = Form.useWatch(['tiers'], { form, preserve: true })
  return (
    <>
      <div className="editor-row">
        <Field name={['tiers', 'measure']} label="按什么升级" extra={tiers && windowText(tiers)}>
          <MeasureInput />
        </Field>
        <Field name={['tiers', 'window']} label="从什么时候算起">
          <Select options={optionsOf(windows)} style={{ width: 156 }} />
        </Field>
        {tiers?.window === 'rolling' && (
          <Field name={['tiers', 'rollingMonths']} label="最近几个月">
            <WholeInput unit="个月" min={1} max={36} width={104} />
          </Field>
        )}
      </div>
      <div className="editor-row">
        <Field name={['tiers', 'downgrade']} label="不再达到时" extra={tiers && downgradeText(tiers)}>
          <Radio.Group
            aria-label="不再达到时"
            optionType="button"
            options={[
              { value: 'one', label: '降一级' },
              { value: 'reached', label: '降到达到的等级' },
              { value: 'never', label: '不降级' },
            ]}
          />
        </Field>
        {tiers?.downgrade !== 'never' && (
          <Field name={['tiers', 'graceDays']} label="先保留多久再降">
            <WholeInput unit="天" max={366} width={110} />
          </Field>
        )}
      </div>
    </>
  )
}

/** Thresholds keep their number when the measure changes: 500 points become 500 yuan. */
function MeasureInput({ id, value, onChange }: { id?: string; value?: Measure; onChange?: (next: Measure) => void }) {
  const form = Form.useFormInstance<Policy>()
  const choose = (next: Measure) => {
    const scale = (next === 'spend' ? FEN_PER_YUAN : 1) / (value === 'spend' ? FEN_PER_YUAN : 1)
    const levels: Policy['tiers']['levels'] = form.getFieldValue(['tiers', 'levels'])
    // A threshold that is not filled in yet stays open.
    const scaled = levels.map((level) => ({ ...level, from: level.from && Math.round(level.from * scale) }))
    form.setFieldValue(['tiers', 'levels'], scaled)
    onChange?.(next)
  }
  return (
    <Radio.Group
      {...(id ? { id } : {})}
      aria-label="按什么升级"
      optionType="button"
      options={measureOptions}
      value={value}
      onChange={({ target }) => choose(target.value)}
    />
  )
}

const thresholds: Record<Measure, { label: string; input: ReactElement }> = {
  points: { label: '满多少积分', input: <WholeInput unit="分" width={140} /> },
  spend: { label: '消费满', input: <YuanInput width={150} /> },
  purchases: { label: '消费满几次', input: <WholeInput unit="次" width={120} /> },
}

function Level({ name, onRemove }: { name: number; onRemove: () => void }) {
  const measure = Form.useWatch(['tiers', 'measure'], Form.useFormInstance<Policy>()) ?? 'points'
  const { label, input } = thresholds[measure]
  return (
    <div className="tier-card">
      <div className="editor-row">
        <Field list={list} name={[name, 'name']} label="等级名称">
          <Input maxLength={12} style={{ width: 130 }} />
        </Field>
        <Field list={list} name={[name, 'from']} label={label}>
          {input}
        </Field>
        <Field list={list} name={[name, 'multiplierBp']} label="消费积分加速">
          <TimesInput />
        </Field>
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
              <Field list={path} name={[name, 'class']}>
                <Select options={optionsOf(benefitClasses)} style={{ width: 78 }} aria-label="权益的类别" />
              </Field>
              <Field list={path} name={[name, 'type']}>
                <Select options={optionsOf(benefitTypes)} style={{ width: 108 }} aria-label="哪种权益" />
              </Field>
              <Field list={path} name={[name, 'name']}>
                <Input placeholder="权益，例如：免费包装" maxLength={20} style={{ width: 160 }} aria-label="权益名称" />
              </Field>
              <Form.Item name={[name, 'text']} style={{ flex: 1 }}>
                <Input placeholder="说明（可不填）" maxLength={100} aria-label="权益说明" />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label="删除这项权益" />
            </div>
          ))}
          <Button
            type="link"
            icon={<PlusOutlined />}
            style={{ padding: 0, marginBottom: 10 }}
            onClick={() => add({ class: 'shopping', type: 'custom', name: '', text: '' })}
            disabled={fields.length >= 20}
          >
            添加权益
          </Button>
        </>
      )}
    </Form.List>
  )
}
