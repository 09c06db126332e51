import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '兑换详情' })

export default function OrderDetail() {
  return <Page>兑换详情</Page>
}
