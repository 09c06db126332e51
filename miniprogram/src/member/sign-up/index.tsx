import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '加入会员' })

export default function SignUp() {
  return <Page>加入会员</Page>
}
