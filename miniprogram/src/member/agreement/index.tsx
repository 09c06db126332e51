import { Text, View } from '@tarojs/components'
import { useShop } from '../../api/use-shop'
import { Page } from '../../components/page'
import './index.scss'

definePageConfig({ navigationBarTitleText: '会员协议与隐私说明' })

const sections = [
  {
    title: '会员与积分',
    text: '加入会员免费。积分怎样获得、怎样使用、什么时候到期，都写在「积分规则」里；规则调整会在小程序公布，已经获得的积分按获得时的规则计算。积分不能兑现、不能转让。',
  },
  {
    title: '退货与异常',
    text: '退货时，这笔消费获得的积分按比例收回。对刷单、恶意注册等行为，我们会先冻结账户再核实，核实后告知结果；您可以随时联系我们申诉。',
  },
  {
    title: '我们收集什么，为什么',
    text: '微信身份标识：识别是您本人。\n手机号：注册会员，到店报手机号也能查到您。\n昵称、头像、性别、生日、地址：您自愿填写，用于称呼和生日礼，不填不影响攒积分。\n消费与积分记录：计算和核对积分。',
  },
  {
    title: '我们怎样保护',
    text: '资料只用于会员服务，不会出售；除法律要求外不提供给他人。手机号在店员和后台界面中隐去中间几位。',
  },
  {
    title: '您的权利',
    text: '您可以在「我的 → 隐私与数据」里查看本店保存的全部信息，导出一份带走，也可以更正、注销会员。注销申请有等待期，期间可以撤回；注销后积分同时失效，资料删除，只按法律要求保留不含身份信息的账目和交易记录。为防止重复领取入会礼，手机号和微信的加密标记会保留一段时间，期限写在注销页上。',
  },
]

export default function Agreement() {
  const shop = useShop()
  return (
    <Page>
      {sections.map(({ title, text }) => (
        <View key={title} className="card">
          <View className="card-title">{title}</View>
          <Text className="agreement-text">{text}</Text>
        </View>
      ))}
      {shop?.servicePhone && <View className="agreement-contact">联系我们：{shop.servicePhone}</View>}
    </Page>
  )
}
