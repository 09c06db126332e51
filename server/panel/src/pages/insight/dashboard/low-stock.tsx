import { CheckCircleFilled } from '@ant-design/icons'
import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Picture } from '../../../pieces/picture.tsx'
import type { Dashboard } from './types.ts'

export function LowStock({ rows, listed }: { rows: Dashboard['lowStock'] | undefined; listed: number | undefined }) {
  return (
    <Card title="库存紧张" extra={<Link to="/mall">积分商城</Link>}>
      {!rows && <Skeleton active paragraph={{ rows: 5 }} />}
      {listed === 0 && (
        <Nothing title="商城里还没有上架的商品" hint={<Link to="/mall?item=new">添加第一件商品</Link>} />
      )}
      {rows?.length === 0 && listed !== 0 && (
        <Nothing
          title="上架商品的库存都还充足"
          hint={
            <>
              <CheckCircleFilled className="gain" /> 不足时会列在这里
            </>
          }
        />
      )}
      {rows?.map(({ itemId, name, pictureUrl, stock }) => (
        <div key={itemId} className="low-stock">
          <Picture url={pictureUrl} sizePx={40} />
          <Link to={`/mall?item=${itemId}`} style={{ flex: 1 }}>
            {name}
          </Link>
          <Mark tone={stock === 0 ? 'rust' : 'amber'}>{stock === 0 ? '已兑完' : `剩 ${stock} 件`}</Mark>
        </div>
      ))}
    </Card>
  )
}
