import { Page } from '../../components/page'

definePageConfig({ navigationBarTitleText: '消息' })

export default function Inbox() {
  return <Page>消息</Page>
}
