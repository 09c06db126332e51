import { useState } from 'react'
import { Page } from '../../components/page'
import { Empty } from '../../components/states'
import { update, useServedMember } from '../served'
import { useScan } from '../use-scan'
import { useWorkplace } from '../use-workplace'
import './index.scss'
import { HandedIn } from './handed-in'
import { type Held, type Receipt, Recorded } from './recorded'
import { Serving } from './serving'

definePageConfig({ navigationBarTitleText: '记一笔消费' })

/** One member after another at the till: the receipt, then the points earned, then the next scan. */
export default function CustomerPage() {
  const open = useServedMember()
  const { clerk, store } = useWorkplace()
  const next = useScan(store, 'member')
  const [recorded, setRecorded] = useState<{ visit: string; receipt: Receipt | Held; before: boolean }>()

  if (!open)
    return (
      <Page>
        <Empty drawing="card" title="请先扫会员码" text="回到工作台，扫一扫会员出示的码" />
      </Page>
    )
  const { visit, member } = open.visit
  if (recorded?.visit === visit) {
    const { receipt, before } = recorded
    if ('waiting' in receipt) return <HandedIn nickname={member.nickname} waiting={receipt.waiting} next={next} />
    return <Recorded nickname={member.nickname} receipt={receipt} before={before} next={next} />
  }
  const finish = (receipt: Receipt | Held, before: boolean) => {
    update(open.visit, () => ({ recorded: true }))
    setRecorded({ visit, receipt, before })
  }
  return (
    <Serving
      // When the same member is scanned again after 15 minutes, the typed lines are still there.
      key={member.memberId}
      open={open}
      store={store}
      categories={clerk.data?.categories ?? []}
      next={next}
      onRecorded={finish}
    />
  )
}
