import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '个人资料' })

export default function Profile() {
  return <Page>个人资料</Page>
}
