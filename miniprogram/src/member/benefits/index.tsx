import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '会员权益' })

export default function Benefits() {
  return <Page>会员权益</Page>
}
