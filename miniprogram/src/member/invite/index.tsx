import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '邀请好友' })

export default function Invite() {
  return <Page>邀请好友</Page>
}
