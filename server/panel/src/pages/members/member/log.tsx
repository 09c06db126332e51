import { Timeline } from 'antd'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Reference } from '../../../pieces/reference.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'

export function Log({ rows }: { rows: Member['log'] }) {
  if (rows.length === 0) return <Nothing title="还没有人对这位会员做过操作" hint="调整积分、冻结等都会留在这里" />
  return (
    <Timeline
      style={{ margin: '16px 8px 0' }}
      items={rows.map(({ id, at, actor, actorName, text }) => ({
        key: id,
        content: (
          <>
            <div>{text}</div>
            <div className="soft small">
              <When at={at} />　<Reference to={actor} name={actorName} />
            </div>
          </>
        ),
      }))}
    />
  )
}
