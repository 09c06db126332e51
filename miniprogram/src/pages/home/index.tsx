import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '积分簿' })

export default function Home() {
  return <Page>积分簿</Page>
}
