import { yuan } from '@pointbook/shared/money'
import { Input, Text, View } from '@tarojs/components'
import { Button } from '../../components/button'
import { Chips } from '../../components/chips'
import { Icon } from '../../components/icon'
import { Stepper } from '../../components/stepper'

import { Tap } from '../../components/tap'
import type { Line } from './draft'
import type { Lines } from './lines'

/** The lines so far, and below them the one being typed. */
export function LineEntry({ lines, categories }: { lines: Lines; categories: string[] }) {
  const { added, typing, isOdd, mayAdd, change, add, remove } = lines
  const options = [{ key: '', text: '不分类' }, ...categories.map((name) => ({ key: name, text: name }))]
  return (
    <View className="card">
      <View className="card-title">应付金额</View>
      {added.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike, and none ever moves
        <AddedLine key={index} line={line} onRemove={() => remove(index)} />
      ))}
      <View className="pay">
        <Text className="pay-sign">¥</Text>
        <Input
          className="pay-input digits"
          type="digit"
          maxlength={12}
          value={typing.amount}
          placeholder="0.00"
          onInput={(e) => change({ amount: e.detail.value })}
        />
      </View>
      {isOdd && <View className="receipt-no-hint">金额写到分为止，例如 128 或 128.50</View>}
      {categories.length > 0 && (
        <View className="pay-categories">
          <Chips options={options} chosen={typing.category} onChoose={(category) => change({ category })} />
        </View>
      )}
      <View className="pay-foot">
        <Stepper value={typing.quantity} most={9_999} onChange={(quantity) => change({ quantity })} />
        <Text className="grow quiet">{typing.quantity > 1 ? '件，金额是合计' : '件'}</Text>
        <Button kind="quiet" small disabled={!mayAdd} onTap={add}>
          再加一行
        </Button>
      </View>
    </View>
  )
}

function AddedLine({ line, onRemove }: { line: Line; onRemove(): void }) {
  return (
    <View className="added">
      <Text className="grow one-line">{line.name}</Text>
      <Text className="quiet">×{line.quantity}</Text>
      <Text className="digits added-sum">¥{yuan(line.amountFen)}</Text>
      <Tap className="added-remove" label="删去这一行" onTap={onRemove}>
        <Icon name="close" size={32} color="var(--ink-3)" />
      </Tap>
    </View>
  )
}
