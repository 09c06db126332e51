import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '积分明细' })

export default function Ledger() {
  return <Page>积分明细</Page>
}
