import type { Api } from '@pointbook/shared/contract/index'
import { wholeFrom } from '@pointbook/shared/digits'
import { group, yuan } from '@pointbook/shared/money'
import { Input, Text, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { Chips } from '../../components/chips'
import type { Draft, OffsetHow } from './draft'
import './offset.scss'

type Offer = NonNullable<Api['POST /clerk/purchases/preview']['reply']['offset']>

const none = { how: 'none' as OffsetHow, points: 0 }

/** The number of offset points. A choice is valid for its total: with another total the member is asked again. */
export function offsetOf({ offset }: Draft, amountFen: number, change: (part: Partial<Draft>) => void) {
  const { how, points } = offset.amountFen === amountFen ? offset : none
  return { how, points, choose: (next: typeof none) => change({ offset: { amountFen, ...next } }) }
}

/** The offer for this total. The last answer stays until the next one arrives, so that the layout does not jump. */
export function useOffer(answer: { offset?: Offer } | undefined, amountFen: number): Offer | undefined {
  const last = useRef<{ amountFen: number; offer: Offer | undefined }>()
  if (answer) last.current = { amountFen, offer: answer.offset }
  return last.current?.amountFen === amountFen ? last.current.offer : undefined
}

export function Offset({ offer, offset }: { offer: Offer; offset: ReturnType<typeof offsetOf> }) {
  const { mostPoints, mostFen, terms } = offer
  const options = [
    { key: 'none', text: '不用' },
    { key: 'most', text: `最多 ${group(mostPoints)} 分` },
    { key: 'other', text: '其他' },
  ] as const
  const points = { none: 0, most: mostPoints, other: 0 }
  return (
    <View className="card offset">
      <View className="card-title">积分抵现</View>
      {mostPoints === 0 ? (
        <View>这一单还用不了积分</View>
      ) : (
        <>
          <Chips
            options={options}
            chosen={offset.how}
            onChoose={(how) => offset.choose({ how, points: points[how] })}
          />
          {offset.how === 'other' && (
            <OtherPoints
              most={mostPoints}
              start={offset.points}
              onPoints={(points) => offset.choose({ how: 'other', points })}
            />
          )}
        </>
      )}
      <View className="quiet offset-terms">
        {mostPoints > 0 && `这一单最多抵 ¥${yuan(mostFen)}。`}
        {terms}
      </View>
    </View>
  )
}

/** Points being typed. Anything but a whole number pays nothing, and the field says so. */
function OtherPoints({ most, start, onPoints }: { most: number; start: number; onPoints: (points: number) => void }) {
  const [typed, setTyped] = useState(start > 0 ? String(start) : '')
  const type = (text: string) => {
    setTyped(text)
    onPoints(pointsIn(text) ?? 0)
  }
  return (
    <>
      <View className="offset-points">
        <Text>用</Text>
        <Input
          className="offset-input digits"
          type="number"
          maxlength={12}
          value={typed}
          placeholder={`最多 ${group(most)}`}
          onInput={(e) => type(e.detail.value)}
        />
        <Text>分</Text>
      </View>
      {typed !== '' && pointsIn(typed) === null && <View className="receipt-no-hint">请填整数，例如 200</View>}
    </>
  )
}

function pointsIn(text: string): number | null {
  const points = wholeFrom(text)
  return points !== null && points >= 0 && points <= 1_000_000_000 ? points : null
}
