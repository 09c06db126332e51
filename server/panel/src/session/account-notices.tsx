import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Reply } from '../api/call.ts'
import { useRead } from '../api/use-read.ts'
import { useWrite } from '../api/use-write.ts'
import { deviceText } from '../pieces/device.ts'
import { atMinute } from '../pieces/when.tsx'
import './account-notices.css'

const ProtectAccount = lazy(() => import('./protect-account.tsx'))

type Notice = Reply<'GET /admin/session/notices'>['rows'][number]

/** What happened to the account since its holder looked last, until they dismiss it. */
export function AccountNotices() {
  const { data } = useRead('GET /admin/session/notices', {})
  const [protecting, setProtecting] = useState(false)
  const dismissal = useWrite('POST /admin/session/notices/dismiss', {
    withId: false,
    changes: ['GET /admin/session/notices'],
  })
  const rows = data?.rows ?? []
  if (rows.length === 0) return null
  const dismiss = () =>
    dismissal.send({ shown: rows.map(({ noticeId, times }) => ({ noticeId, times })) }, () => setProtecting(false))
  return (
    <section className="account-notices" aria-label="您的账号有新情况">
      <header>
        <h2>您的账号有新情况</h2>
        <Button size="small" loading={dismissal.isPending} onClick={dismiss}>
          知道了
        </Button>
      </header>
      <ul>
        {rows.map((row) => (
          <li key={row.noticeId}>
            <span>{sentenceOf(row)}</span>
            <Button type="link" size="small" danger onClick={() => setProtecting(true)}>
              不是我
            </Button>
          </li>
        ))}
      </ul>
      {protecting && (
        <Suspense>
          <ProtectAccount onDone={dismiss} onClose={() => setProtecting(false)} />
        </Suspense>
      )}
    </section>
  )
}

function sentenceOf({ kind, by, at, times, address, device }: Notice): string {
  const when = atMinute(at)
  const from = `${deviceText(device)}，来自 ${address || '未知地址'}`
  const sentences: Record<Notice['kind'], string> = {
    password: `${when} 修改了密码（${from}）`,
    reset: `${when} ${by || '管服务器的人'}重置了您的密码和两步验证`,
    'factor-on': `${when} 设置了两步验证（${from}）`,
    'factor-off': `${when} 关闭了两步验证（${from}）`,
    'new-device': `${when} 一台没用过的设备登录了您的账号（${from}）`,
    failures: `有 ${times} 次登录失败，最近一次 ${when}（${from}）`,
    'code-used': `${when} 有人再次使用已用过的验证码，没能登录（${from}）`,
  }
  return sentences[kind]
}
