import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Gift, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { bandFields, giftFields } from '@pointbook/shared/policy-fields/earning-rule'
import { startOf } from '@pointbook/shared/policy-fields/field'
import { Button, Select } from 'antd'
import { InlineInputs } from '../field-input.tsx'

interface Kind {
  label: string
  start: Gift
  /** Needs an amount or a number of goods. */
  counts?: true
}

const kinds: Record<Gift['type'], Kind> = {
  rate: { label: '按金额', start: { type: 'rate', ...startOf(giftFields.rate) }, counts: true },
  step: { label: '每满', start: { type: 'step', ...startOf(giftFields.step) }, counts: true },
  percent: { label: '按百分比', start: { type: 'percent', ...startOf(giftFields.percent) }, counts: true },
  'per-unit': { label: '按件数', start: { type: 'per-unit', ...startOf(giftFields['per-unit']) }, counts: true },
  fixed: { label: '固定积分', start: { type: 'fixed', ...startOf(giftFields.fixed) } },
  multiply: { label: '加倍', start: { type: 'multiply', ...startOf(giftFields.multiply) } },
  bands: {
    label: '按金额分档加倍',
    start: { type: 'bands', bands: [startOf(bandFields)] },
    counts: true,
  },
}

/** Whether a trigger has what a gift counts by: acts have neither amount nor goods. */
export const giftFits = (type: Gift['type'], trigger: Trigger) =>
  !kinds[type].counts || trigger === 'purchase' || trigger === 'event'

export const plainGift = kinds.fixed.start

interface Props {
  value?: Gift
  onChange?: (gift: Gift) => void
  trigger: Trigger
}

export function GiftInput({ value: gift, onChange, trigger }: Props) {
  if (!gift) return null
  const options = Object.entries(kinds)
    .filter(([type]) => giftFits(type as Gift['type'], trigger))
    .map(([value, { label }]) => ({ value: value as Gift['type'], label }))
  return (
    <>
      <div className="editor-line">
        <Select
          value={gift.type}
          onChange={(type) => onChange?.(kinds[type].start)}
          options={options}
          style={{ width: 150 }}
          aria-label="给分方式"
        />
        <InlineInputs of={giftFields[gift.type]} value={gift} onChange={(next) => onChange?.(next)} />
      </div>
      {gift.type === 'bands' && <Bands bands={gift.bands} onChange={(bands) => onChange?.({ type: 'bands', bands })} />}
      <div className="soft small">{hints[gift.type]}</div>
    </>
  )
}

const hints: Record<Gift['type'], string> = {
  rate: '按比例计算，零头也算：每 10 元 1 分时，25 元是 2.5 分，再按「不足 1 分」的设置取整',
  step: '每满一次给一次，零头不算：每满 100 元 10 分时，250 元得 20 分',
  percent: '按金额（元）的百分之几给分：10% 时，88 元是 8.8 分',
  'per-unit': '每买一件给一次，和金额无关',
  fixed: '不论金额和件数，给一次',
  multiply: '在其他规则给出的积分上加倍，自己不单独给分',
  bands: '单笔金额到了哪一档，就按那一档加倍',
}

type Band = Extract<Gift, { type: 'bands' }>['bands'][number]

function Bands({ bands, onChange }: { bands: Band[]; onChange: (bands: Band[]) => void }) {
  const last = bands.at(-1) ?? startOf(bandFields)
  const next = { ...last, fromFen: last.fromFen + 100_00 }
  return (
    <>
      {bands.map((band, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band has no name but its place
        <div key={at} className="editor-line">
          <InlineInputs of={bandFields} value={band} onChange={(next) => onChange(bands.toSpliced(at, 1, next))} />
          {bands.length > 1 && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              onClick={() => onChange(bands.toSpliced(at, 1))}
              aria-label="删除这一档"
            />
          )}
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...bands, next])}
        style={{ marginBottom: 8 }}
      >
        添加一档
      </Button>
    </>
  )
}
