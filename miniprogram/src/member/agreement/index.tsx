import { isChanged } from '@pointbook/shared/client'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { useShop } from '../../api/use-shop'
import { toast, useWrite } from '../../api/use-write'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { dayAt } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '会员协议与隐私说明', enablePullDownRefresh: true })

export default function Agreement() {
  const shop = useShop()
  const me = useMe()
  const agreement = useLoad(() => call('GET /agreement'), [])
  const isNew = agreement.data && me.data?.agreementOutdated
  return (
    <Page footer={isNew && <Agree version={agreement.data!.version} onChanged={agreement.reload} />}>
      <Loaded from={agreement} rows={5}>
        {({ version, publishedAt, sections }) => (
          <>
            {sections.map(({ title, text }) => (
              <View key={title} className="card">
                <View className="card-title">{title}</View>
                <Text className="agreement-text">{text}</Text>
              </View>
            ))}
            <View className="agreement-contact">
              第 {version} 版，{dayAt(publishedAt)} 起
            </View>
          </>
        )}
      </Loaded>
      {shop?.servicePhone && <View className="agreement-contact">联系我们：{shop.servicePhone}</View>}
    </Page>
  )
}

/** For a member who has agreed to an earlier version only. */
function Agree({ version, onChanged }: { version: number; onChanged(): void }) {
  const me = useMe()
  const [agree, busy] = useWrite('POST /me/agreement', (error) => {
    toast(error)
    if (isChanged(error)) onChanged()
  })
  const yes = async () => {
    if (!(await agree({ version }))) return
    await me.reload()
    Taro.showToast({ title: `已同意第 ${version} 版`, icon: 'none' })
  }
  return (
    <Button busy={busy} onTap={yes}>
      同意第 {version} 版
    </Button>
  )
}
