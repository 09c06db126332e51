import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '积分详情' })

export default function EntryDetail() {
  return <Page>积分详情</Page>
}
