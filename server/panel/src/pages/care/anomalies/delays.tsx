import { CheckCircleFilled } from '@ant-design/icons'
import type { Reply } from '../../../api/call.ts'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { When } from '../../../pieces/when.tsx'
import './delays.css'

type Delay = Reply<'GET /admin/anomalies'>['delays'][number]

/** Points that look wrong are often merely late. */
export function Delays({ delays }: { delays: Delay[] | undefined }) {
  if (!delays) return null
  return (
    <Card size="small" title="数据到账延迟" style={{ marginBottom: 16 }}>
      {delays.length === 0 && (
        <span className="soft">
          <CheckCircleFilled className="gain" /> 数据都已及时到账
        </span>
      )}
      {delays.map(({ title, text, count, since }) => (
        <div key={title + text} className="delay">
          <Mark tone="amber">{title}</Mark>
          <span className="delay-text">{text}</span>
          {count > 0 && <span className="digits">{countText(count)} 条</span>}
          {since && (
            <span className="soft small">
              自 <When at={since} />
            </span>
          )}
        </div>
      ))}
    </Card>
  )
}
