import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '会员码' })

export default function Code() {
  return <Page>会员码</Page>
}
