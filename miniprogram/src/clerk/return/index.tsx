import { useEffect, useState } from 'react'
import { call } from '../../api/call'
import { Page } from '../../components/page'
import { Skeleton } from '../../components/states'
import { idIn, usePageParams } from '../../launch'
import { type Problem, problemOf } from '../problem'
import type { Purchase } from '../purchase'
import { useWorkplace } from '../use-workplace'
import { Choosing } from './choosing'
import { Find } from './find'
import './index.scss'
import { type Claim, Returned } from './returned'

definePageConfig({ navigationBarTitleText: '退货' })

/** Find the receipt, choose the goods, check the figures, confirm. */
export default function ReturnPage() {
  const { store: storeGiven, no: receiptNo = '' } = usePageParams()
  const { store, stores, closedStores } = useWorkplace()
  const [receipt, setReceipt] = useState({ storeId: idIn(storeGiven), receiptNo })
  const [purchase, setPurchase] = useState<Purchase>()
  const [claim, setClaim] = useState<Claim>()
  const [problem, setProblem] = useState<Problem | null>(null)

  const find = async (storeId: number, receiptNo: string) => {
    setProblem(null)
    try {
      setPurchase(await call('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo }))
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a receipt that was open already
  useEffect(() => {
    if (receipt.storeId) find(receipt.storeId, receipt.receiptNo)
  }, [])

  const another = () => {
    setReceipt({ ...receipt, receiptNo: '' })
    setPurchase(undefined)
    setClaim(undefined)
  }

  if (purchase && claim) return <Returned purchase={purchase} claim={claim} onAnother={another} />
  if (purchase) return <Choosing purchase={purchase} onReturned={setClaim} onAnother={another} />
  if (!store)
    return (
      <Page>
        <Skeleton rows={2} />
      </Page>
    )
  return (
    <Find
      given={{ ...receipt, storeId: receipt.storeId || store.storeId }}
      stores={[...stores, ...closedStores]}
      problem={problem}
      onFind={find}
    />
  )
}
