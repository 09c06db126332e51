import { PageHeader } from '../../../pieces/page-header.tsx'
import { AgreementCard } from './agreement-card.tsx'
import { ApprovalsCard } from './approvals-card.tsx'
import { BackupsCard } from './backups-card.tsx'
import { CardsCard } from './cards-card.tsx'
import { ClockCard } from './clock-card.tsx'
import { PrivacyGuideCard } from './privacy-guide-card.tsx'
import { ShopForm } from './shop-form.tsx'

export function Component() {
  return (
    <>
      <PageHeader title="设置" hint="会员看到的店铺信息、资料的保留时间、微信与备份" />
      <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16, maxWidth: 760 }}>
        <ShopForm />
        <ApprovalsCard />
        <AgreementCard />
        <CardsCard />
        <PrivacyGuideCard />
        <BackupsCard />
        <ClockCard />
      </div>
    </>
  )
}
