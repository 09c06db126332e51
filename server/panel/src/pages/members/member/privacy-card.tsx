import { Button } from 'antd'
import { useState } from 'react'
import { Card } from '../../../pieces/card.tsx'
import { ExportData } from './export-data.tsx'
import type { Member } from './types.ts'

/** What the law gives the member, done by the shop for a member who asks. */
export function PrivacyCard({ member }: { member: Member }) {
  const [asking, setAsking] = useState(false)
  return (
    <Card title="个人信息" size="small">
      <p className="soft small" style={{ marginTop: 0 }}>
        会员可以在小程序「隐私与数据」里自己查看和导出。会员向店里提出时，请先核对本人身份。
      </p>
      <Button size="small" onClick={() => setAsking(true)}>
        导出资料
      </Button>
      {asking && <ExportData member={member} onClose={() => setAsking(false)} />}
    </Card>
  )
}
