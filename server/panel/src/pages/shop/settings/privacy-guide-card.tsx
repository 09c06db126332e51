import { declaredUses, type PrivacyKind, privacyKinds } from '@pointbook/shared/wechat-privacy'
import { Descriptions, Typography } from 'antd'
import { Card } from '../../../pieces/card.tsx'

/** What the merchant fills in at WeChat: undeclared, WeChat blocks the sign-up and the choice of a picture. */
export function PrivacyGuideCard() {
  const uses = Object.entries(declaredUses) as [PrivacyKind, string][]
  return (
    <Card title="微信隐私保护指引">
      <p className="soft" style={{ marginTop: 0 }}>
        小程序上线前，请登录微信公众平台，在「设置 → 服务内容声明 →
        用户隐私保护指引」里勾选下面几项并填写用途。没有声明的，微信会停用对应的功能，会员就注册不了。
      </p>
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: 140 } }}
        items={uses.map(([kind, use]) => ({
          key: kind,
          label: privacyKinds[kind].text,
          children: <Typography.Text copyable={{ text: use, tooltips: ['复制用途', '已复制'] }}>{use}</Typography.Text>,
        }))}
      />
    </Card>
  )
}
