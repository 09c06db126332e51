import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '店员工作台' })

export default function ClerkHome() {
  return <Page>店员工作台</Page>
}
