import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '每日签到' })

export default function CheckIn() {
  return <Page>每日签到</Page>
}
