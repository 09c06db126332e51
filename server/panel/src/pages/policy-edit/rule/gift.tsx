import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { Gift } from '@pointbook/shared/contract/earning-rule'
import { Button, Select } from 'antd'
import { TimesInput, WholeInput, YuanInput } from './inputs.tsx'

const kinds: { type: Gift['type']; label: string; start: Gift }[] = [
  { type: 'rate', label: '按金额', start: { type: 'rate', points: 1, perFen: 100 } },
  { type: 'step', label: '每满', start: { type: 'step', points: 10, perFen: 100_00 } },
  { type: 'percent', label: '按比例', start: { type: 'percent', percentBp: 1_000 } },
  { type: 'per-unit', label: '按件数', start: { type: 'per-unit', points: 10 } },
  { type: 'fixed', label: '固定积分', start: { type: 'fixed', points: 50 } },
  { type: 'multiply', label: '加倍', start: { type: 'multiply', multiplierBp: 20_000 } },
  {
    type: 'bands',
    label: '按金额分档加倍',
    start: { type: 'bands', bands: [{ fromFen: 100_00, multiplierBp: 15_000 }] },
  },
]

interface Props {
  value?: Gift
  onChange?: (gift: Gift) => void
}

// A field that is being retyped is empty for a moment; the form holds that as null and refuses to save it.
const filled = (value: number | null) => value as number

export function GiftInput({ value: gift, onChange }: Props) {
  if (!gift) return null
  const choose = (type: Gift['type']) => onChange?.(kinds.find((kind) => kind.type === type)!.start)
  return (
    <>
      <div className="editor-line">
        <Select
          value={gift.type}
          onChange={choose}
          options={kinds.map(({ type, label }) => ({ value: type, label }))}
          style={{ width: 150 }}
        />
        {(gift.type === 'rate' || gift.type === 'step') && (
          <>
            每消费
            <YuanInput
              min={0.01}
              value={gift.perFen}
              onChange={(fen) => onChange?.({ ...gift, perFen: filled(fen) })}
            />
            得
            <WholeInput
              unit="分"
              min={1}
              value={gift.points}
              onChange={(points) => onChange?.({ ...gift, points: filled(points) })}
            />
          </>
        )}
        {gift.type === 'per-unit' && (
          <>
            每件得
            <WholeInput
              unit="分"
              min={1}
              value={gift.points}
              onChange={(points) => onChange?.({ ...gift, points: filled(points) })}
            />
          </>
        )}
        {gift.type === 'fixed' && (
          <>
            送
            <WholeInput
              unit="分"
              value={gift.points}
              onChange={(points) => onChange?.({ ...gift, points: filled(points) })}
            />
          </>
        )}
        {gift.type === 'multiply' && (
          <>
            积分
            <TimesInput
              value={gift.multiplierBp}
              onChange={(bp) => onChange?.({ ...gift, multiplierBp: filled(bp) })}
            />
          </>
        )}
      </div>
      {gift.type === 'bands' && <Bands bands={gift.bands} onChange={(bands) => onChange?.({ type: 'bands', bands })} />}
    </>
  )
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
          <YuanInput value={band.fromFen} onChange={(fen) => put(at, { fromFen: filled(fen) })} />
          积分
          <TimesInput value={band.multiplierBp} onChange={(bp) => put(at, { multiplierBp: filled(bp) })} />
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
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => onChange([...bands, next])}>
        添加一档
      </Button>
    </>
  )
}
