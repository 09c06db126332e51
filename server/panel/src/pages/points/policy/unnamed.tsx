import { Alert } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { countText } from '../../../pieces/numbers.ts'

const kinds = { categories: '类别', brands: '品牌', skus: '商品编号' } as const

/** Names on receipts that no rule names: a slip in either, or goods that the rules have forgotten. */
export function Unnamed() {
  const { data } = useRead('GET /admin/policy/unnamed', {})
  if (!data || data.rows.length === 0) return null
  const listed = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => {
    const rows = data.rows.filter((row) => row.kind === kind)
    const names = rows.map(({ name, lines }) => `${name}（${countText(lines)} 次）`).join('、')
    return rows.length > 0 ? [`${kinds[kind]}：${names}`] : []
  })
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={`最近 ${countText(data.receipts)} 张小票上有规则没提到的名称`}
      description={
        <>
          {listed.map((line) => (
            <div key={line}>{line}</div>
          ))}
          <div className="soft">名称对上规则才会按规则积分：大小写要一致，前后空格和全角半角不影响。</div>
        </>
      }
    />
  )
}
