import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '积分规则' })

export default function Rules() {
  return <Page>积分规则</Page>
}
