import { isChanged } from '@pointbook/shared/client'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { ProblemNote, useProblem } from '../problem'
import { isReceiptNo, ReceiptNoInput } from '../receipt-no'
import type { Visit } from '../served'
import { usePreview } from '../use-preview'
import type { useScan } from '../use-scan'
import type { Store } from '../use-workplace'
import { CustomerCard } from './card'
import { LineEntry } from './line-entry'
import { useLines } from './lines'
import { Offset, useOffer, useOffset } from './offset'
import type { Receipt } from './recorded'
import { Total } from './total'
import { Who } from './who'

interface Props {
  visit: Visit
  store: Store | undefined
  categories: string[]
  next: ReturnType<typeof useScan>
  onRecorded(receipt: Receipt): void
}

export function Serving({ visit, store, categories, next, onRecorded }: Props) {
  const { member } = visit
  const [receiptNo, setReceiptNo] = useState('')
  const [endedVisit, setEndedVisit] = useState('')
  const lines = useLines()
  const offset = useOffset(lines.amountFen)
  const { problem, tell, clear } = useProblem()
  const [act, busy] = useAct(tell)

  const ready = store !== undefined && isReceiptNo(receiptNo) && lines.lines.length > 0 && !lines.isOdd
  const receipt = ready
    ? { visit: visit.visit, storeId: store.storeId, receiptNo, lines: lines.lines, offsetPoints: offset.points }
    : null
  const ended = endedVisit === visit.visit
  const served = !ended && member.standing === 'active'
  const ask = receipt && served ? () => call('POST /clerk/purchases/preview', receipt) : null
  const preview = usePreview(ask, JSON.stringify(receipt))
  const offer = useOffer(preview.answer, lines.amountFen)

  // The receipt's number makes sending it again safe: a store records each receipt once.
  const confirm = async () => {
    if (!receipt) return
    clear()
    const shown = { offsetFen: preview.answer?.offset?.fen }
    const recorded = await act(() => call('POST /clerk/purchases', { ...receipt, ...shown }).catch(askAgain))
    if (recorded) onRecorded(recorded)
  }

  /** Shows the figures of now, when those that were confirmed are no longer right. */
  const askAgain = (error: unknown): never => {
    if (isChanged(error)) preview.again()
    throw error
  }

  const footer = served ? (
    <>
      <ProblemNote problem={problem ?? preview.problem} onAgain={problem ? confirm : preview.again} />
      <Total
        amountFen={lines.amountFen}
        hint={hintFor(receiptNo, lines.lines.length)}
        preview={preview}
        busy={busy}
        onConfirm={confirm}
      />
    </>
  ) : (
    <>
      <ProblemNote problem={next.problem} onAgain={next.again} />
      <Button busy={next.busy} onTap={next.scan}>
        {ended ? '重新扫会员码' : '扫下一位'}
      </Button>
    </>
  )

  return (
    <Page className="serving" footer={footer}>
      <Who visit={visit} onEnd={() => setEndedVisit(visit.visit)} />
      {member.standing !== 'active' ? (
        <View className="stop">
          这位会员的账户{member.standing === 'frozen' ? '已冻结' : '已注销'}，这次不能积分。请会员联系商家。
        </View>
      ) : (
        <>
          {ended && (
            <View className="stop">十五分钟到了。请会员刷新会员码，再扫一次就能接着记，填好的内容都还在。</View>
          )}
          {visit.by === 'card' && (
            <View className="stop">扫的是会员卡。请先问一下姓名，确认是 {member.nickname} 本人。</View>
          )}
          <LineEntry lines={lines} categories={categories} />
          <View className="card">
            <View className="card-title">小票号</View>
            <ReceiptNoInput value={receiptNo} onChange={setReceiptNo} />
          </View>
          {served && offer && <Offset offer={offer} offset={offset} />}
          {served && <CustomerCard visit={visit} />}
        </>
      )}
    </Page>
  )
}

function hintFor(receiptNo: string, lines: number): string {
  if (lines === 0) return '填金额和小票号，先看积分再确认'
  if (!isReceiptNo(receiptNo)) return '再填小票号，就能看到积分'
  return ''
}
