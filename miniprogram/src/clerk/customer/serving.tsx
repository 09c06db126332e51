import { isChanged, refusedBy } from '@pointbook/shared/client'
import { isReceiptNo } from '@pointbook/shared/receipt-no'
import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { call } from '../../api/call'
import { useAct } from '../../api/use-write'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { ProblemNote, useProblem } from '../problem'
import { ReceiptNoInput } from '../receipt-no'
import { isOpen, update } from '../served'
import { usePreview } from '../use-preview'
import type { useScan } from '../use-scan'
import type { Store } from '../use-workplace'
import type { OpenVisit } from '../visit'
import { CustomerCard } from './card'
import { ConsentNote, useConsent } from './consent'
import type { Draft } from './draft'
import { LineEntry } from './line-entry'
import { linesOf } from './lines'
import { Offset, offsetOf, useOffer } from './offset'
import type { Held, Receipt } from './recorded'
import { Stops } from './stops'
import { Total } from './total'
import { Who } from './who'

interface Props {
  open: OpenVisit
  store: Store | undefined
  categories: string[]
  next: ReturnType<typeof useScan>
  /** `before`: it was already recorded, and only the answer was lost. */
  onRecorded(receipt: Receipt | Held, before: boolean): void
}

export function Serving({ open, store, categories, next, onRecorded }: Props) {
  const { visit, draft } = open
  const { member } = visit
  const { receiptNo } = draft
  const [endedVisit, setEndedVisit] = useState(isOpen(open) ? '' : visit.visit)
  const change = (part: Partial<Draft>) => update(visit, (before) => ({ draft: { ...before.draft, ...part } }))
  const lines = linesOf(draft, change)
  const offset = offsetOf(draft, lines.amountFen, change)
  const { problem, tell, clear } = useProblem()
  const [act, busy] = useAct(tell)

  const isNumbered = receiptNo === '' || isReceiptNo(receiptNo)
  const ready = store !== undefined && isNumbered && lines.lines.length > 0 && !lines.isOdd
  const receipt = ready
    ? {
        visit: visit.visit,
        storeId: store.storeId,
        requestId: draft.id,
        ...(receiptNo && { receiptNo }),
        lines: lines.lines,
        offsetPoints: offset.points,
      }
    : null
  const ended = endedVisit === visit.visit
  const served = !ended && member.standing === 'active'
  /** A visit may end before this phone's clock shows its end. */
  const seeEnd = (error: unknown): never => {
    if (refusedBy<'POST /clerk/purchases'>(error, 'visit.expired')) setEndedVisit(visit.visit)
    throw error
  }

  const ask = receipt && served ? () => call('POST /clerk/purchases/preview', receipt).catch(seeEnd) : null
  const preview = usePreview(ask, JSON.stringify(receipt))
  const { recorded: recordedBefore, waiting } = preview.answer ?? {}
  const before = waiting ? { waiting } : recordedBefore
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is told once of each answer
  useEffect(() => {
    if (before) onRecorded(before, true)
  }, [preview.answer])
  const offer = useOffer(preview.answer, lines.amountFen)
  const needed = preview.answer?.needsConsent ? offset.points : 0
  const consent = useConsent({ visit, store, draftId: draft.id, points: needed, tell })

  // The draft's id makes sending it again safe: a draft is recorded once.
  const confirm = async () => {
    if (!receipt) return
    clear()
    const shown = { offsetFen: preview.answer?.offset?.fen, points: preview.answer?.points }
    const recorded = await act(() => call('POST /clerk/purchases', { ...receipt, ...shown }).catch(askAgain))
    if (recorded) onRecorded(recorded, false)
  }

  /** Shows the present figures when the confirmed ones have changed. */
  const askAgain = (error: unknown): never => {
    if (isChanged(error)) preview.again()
    return seeEnd(error)
  }

  const footer = served ? (
    <>
      <ProblemNote problem={problem ?? preview.problem} onAgain={problem ? confirm : preview.again} />
      {preview.answer?.approval && (
        <View className="stop total-note">{preview.answer.approval}，要店长或商家审批。通过以后积分才到账。</View>
      )}
      {needed > 0 && <ConsentNote points={needed} request={consent.request} />}
      <Total
        amountFen={lines.amountFen}
        hint={hintFor(isNumbered, lines.lines.length)}
        preview={preview}
        busy={busy || consent.busy}
        yes={consent.isMissing ? '请会员确认' : preview.answer?.approval ? '提交审批' : '确认记账'}
        waiting={consent.request?.state === 'asked'}
        onConfirm={consent.isMissing ? consent.ask : confirm}
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
      <Who open={open} onEnd={() => setEndedVisit(visit.visit)} />
      <Stops visit={visit} ended={ended} />
      {member.standing === 'active' && (
        <>
          <LineEntry lines={lines} categories={categories} />
          {served && offer && <Offset offer={offer} offset={offset} />}
          <View className="card">
            <View className="card-title">小票号（选填）</View>
            <ReceiptNoInput value={receiptNo} onChange={(typed) => change({ receiptNo: typed })} />
          </View>
          {served && <CustomerCard visit={visit} />}
        </>
      )}
    </Page>
  )
}

function hintFor(isNumbered: boolean, lines: number): string {
  if (lines === 0) return '填金额，先看积分再确认'
  return isNumbered ? '' : '请改一下小票号，或留空'
}
