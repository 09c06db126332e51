import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import type { Reply } from '../api/call.ts'
import { Delta } from './points.tsx'
import './why.css'

type Line = Reply<'POST /admin/policy/preview'>['why'][number]

/** The rules that gave, with their points, then those that did not, with the reason. */
export function Explanations({ lines }: { lines: Line[] }) {
  if (lines.length === 0) return <div className="soft">这笔变动不由规则计算</div>
  const sorted = [...lines].sort((a, b) => Number(b.matched) - Number(a.matched))
  return (
    <>
      {sorted.map((line) => (
        <div key={`${line.ruleId}/${line.text}`} className={line.matched ? 'why-line' : 'why-line why-line-not'}>
          {line.matched ? <CheckCircleFilled className="gain" /> : <MinusCircleOutlined />}
          <div>
            <div>{line.name}</div>
            <div className="soft small">{line.text}</div>
          </div>
          {line.matched && <Delta points={line.points} />}
        </div>
      ))}
    </>
  )
}
