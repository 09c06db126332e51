import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Gift, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import { Button, Select } from 'antd'
import { PercentInput, TimesInput, WholeInput, YuanInput } from '../inputs.tsx'

interface Kind {
  label: string
  start: Gift
  /** Needs an amount or a number of goods. */
  counts?: true
}

const kinds: Record<Gift['type'], Kind> = {
  rate: { label: '按金额', start: { type: 'rate', points: 1, perFen: 100 }, counts: true },
  step: { label: '每满', start: { type: 'step', points: 10, perFen: 100_00 }, counts: true },
  percent: { label: '按百分比', start: { type: 'percent', percentBp: 1_000 }, counts: true },
  'per-unit': { label: '按件数', start: { type: 'per-unit', points: 10 }, counts: true },
  fixed: { label: '固定积分', start: { type: 'fixed', points: 50 } },
  multiply: { label: '加倍', start: { type: 'multiply', multiplierBp: 20_000 } },
  bands: {
    label: '按金额分档加倍',
    start: { type: 'bands', bands: [{ fromFen: 100_00, multiplierBp: 15_000 }] },
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

// A field that is being retyped is empty for a moment; the form holds that as null and refuses to save it.
const filled = (value: number | null) => value as number

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
        <GiftNumbers gift={gift} onChange={(next) => onChange?.(next)} />
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

function GiftNumbers({ gift, onChange }: { gift: Gift; onChange: (gift: Gift) => void }) {
  switch (gift.type) {
    case 'rate':
    case 'step':
      return (
        <>
          {gift.type === 'rate' ? '每消费' : '每满'}
          <YuanInput
            min={0.01}
            value={gift.perFen}
            onChange={(fen) => onChange({ ...gift, perFen: filled(fen) })}
            label="每多少元"
          />
          得
          <Points points={gift.points} onChange={(points) => onChange({ ...gift, points })} />
        </>
      )
    case 'percent':
      return (
        <>
          金额的
          <PercentInput
            max={10_000}
            label="金额的百分之几"
            value={gift.percentBp}
            onChange={(bp) => onChange({ ...gift, percentBp: filled(bp) })}
          />
          得分
        </>
      )
    case 'per-unit':
      return (
        <>
          每件得
          <Points points={gift.points} onChange={(points) => onChange({ ...gift, points })} />
        </>
      )
    case 'fixed':
      return (
        <>
          送
          <Points points={gift.points} onChange={(points) => onChange({ ...gift, points })} min={0} />
        </>
      )
    case 'multiply':
      return (
        <>
          积分
          <TimesInput
            label="几倍"
            value={gift.multiplierBp}
            onChange={(bp) => onChange({ ...gift, multiplierBp: filled(bp) })}
          />
        </>
      )
    case 'bands':
      return null
  }
}

interface PointsProps {
  points: number
  onChange: (points: number) => void
  min?: number
}

function Points({ points, onChange, min = 1 }: PointsProps) {
  return <WholeInput unit="分" min={min} value={points} onChange={(next) => onChange(filled(next))} label="给多少分" />
}

type Band = Extract<Gift, { type: 'bands' }>['bands'][number]

function Bands({ bands, onChange }: { bands: Band[]; onChange: (bands: Band[]) => void }) {
  const put = (at: number, change: Partial<Band>) =>
    onChange(bands.map((band, i) => (i === at ? { ...band, ...change } : band)))
  const last = bands.at(-1)
  const next = { fromFen: (last?.fromFen ?? 0) + 100_00, multiplierBp: last?.multiplierBp ?? 15_000 }
  return (
    <>
      {bands.map((band, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band has no name but its place
        <div key={at} className="editor-line">
          单笔满
          <YuanInput label="单笔满多少元" value={band.fromFen} onChange={(fen) => put(at, { fromFen: filled(fen) })} />
          积分
          <TimesInput label="几倍" value={band.multiplierBp} onChange={(bp) => put(at, { multiplierBp: filled(bp) })} />
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
