import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '积分商城' })

export default function Mall() {
  return <Page>积分商城</Page>
}
