import { isReceiptNo } from '@pointbook/shared/receipt-no'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Chips } from '../../components/chips'
import { Page } from '../../components/page'
import { type Problem, ProblemNote } from '../problem'
import { ReceiptNoInput } from '../receipt-no'
import type { Store } from '../use-workplace'

interface Props {
  given: { storeId: number; receiptNo: string }
  stores: Store[]
  problem: Problem | null
  onFind(storeId: number, receiptNo: string): Promise<void>
}

export function Find({ given, stores, problem, onFind }: Props) {
  const [storeId, setStoreId] = useState(given.storeId)
  const [receiptNo, setReceiptNo] = useState(given.receiptNo)
  const [act, busy] = useAct()
  const find = () => act(() => onFind(storeId, receiptNo))
  const options = stores.map((store) => ({ key: String(store.storeId), text: store.name }))
  const footer = (
    <Button disabled={!isReceiptNo(receiptNo)} busy={busy} onTap={find}>
      查小票
    </Button>
  )
  return (
    <Page footer={footer}>
      {stores.length > 1 && (
        <View className="card find-store">
          <View className="card-title">在哪家店买的</View>
          <Chips options={options} chosen={String(storeId)} onChoose={(key) => setStoreId(Number(key))} />
        </View>
      )}
      <View className="card">
        <View className="card-title">小票号</View>
        <ReceiptNoInput value={receiptNo} onChange={setReceiptNo} onConfirm={find} />
      </View>
      <ProblemNote problem={problem} onAgain={find} />
    </Page>
  )
}
