import { PageHeader } from '../../../pieces/page-header.tsx'
import { LogIns } from './log-ins.tsx'
import { PasswordCard } from './password-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'

export function Component() {
  return (
    <>
      <PageHeader title="我的账号" hint="密码、两步验证和正在登录的设备" />
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16, maxWidth: 760 }}>
        <PasswordCard />
        <SecondFactorCard />
        <LogIns />
      </div>
    </>
  )
}
