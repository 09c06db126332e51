import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '我的兑换' })

export default function Orders() {
  return <Page>我的兑换</Page>
}
