import { Typography } from 'antd'
import { Card } from '../../../pieces/card.tsx'

const headers = [
  ['x-pointbook-key', '密钥编号'],
  ['x-pointbook-timestamp', '当前时间，1970 年以来的秒数；与服务器相差不能超过 5 分钟'],
  ['x-pointbook-nonce', '16–64 位字母或数字组成的随机串，每次请求都换'],
  ['x-pointbook-signature', '签名，小写十六进制'],
] as const

const text = `请求方法，如 POST
路径（连同查询参数），如 /open/purchases
时间，与请求头相同
随机串，与请求头相同
请求体的 SHA-256，小写十六进制；没有请求体时按空文本计算`

export function HowToSign() {
  return (
    <Card title="怎么签名">
      <p style={{ marginTop: 0 }}>每个请求带上四个请求头：</p>
      {headers.map(([name, meaning]) => (
        <div key={name} style={{ display: 'flex', gap: 12, padding: '4px 0' }}>
          <Typography.Text code style={{ flex: '0 0 220px' }}>
            {name}
          </Typography.Text>
          <span>{meaning}</span>
        </div>
      ))}
      <p style={{ marginTop: 16 }}>签名是用密钥对下面五行（以换行符相连）计算的 HMAC-SHA256：</p>
      <pre style={{ padding: 12, borderRadius: 8, background: 'rgb(0 0 0 / 4%)', whiteSpace: 'pre-wrap' }}>{text}</pre>
      <p className="soft">
        网络中断后可以放心重发：换一个随机串、重新签名即可，同一张小票、同一个事件只计一次。全部接口和可以对照计算的签名例子见{' '}
        <a href="/docs" target="_blank" rel="noreferrer">
          接口文档
        </a>
        。
      </p>
    </Card>
  )
}
