import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '我的' })

export default function Me() {
  return <Page>我的</Page>
}
