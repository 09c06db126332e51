import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '商品详情' })

export default function Item() {
  return <Page>商品详情</Page>
}
