import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { LOW_STOCK } from '@pointbook/shared/stock'
import { Text, View } from '@tarojs/components'
import { open } from '../navigate'
import { Tap } from './tap'
import './item-tile.scss'
import { Picture } from './picture'
import { Points } from './points'

type Item = Api['GET /mall/items']['reply']['rows'][number]

/** Stock is worth a warning from here on. */

function ItemTile({ item }: { item: Item }) {
  return (
    <Tap className="tile" onTap={() => open(`/member/item/index?id=${item.itemId}`)}>
      <View className="tile-picture">
        <Picture url={item.pictureUrl} />
        {item.stock === 0 && <View className="tile-gone">已兑完</View>}
      </View>
      <View className="tile-name">{item.name}</View>
      <View className="tile-foot">
        <Text className="tile-points">
          <Points value={item.points} /> 分
        </Text>
        <StockLeft stock={item.stock} />
      </View>
    </Tap>
  )
}

function StockLeft({ stock }: { stock: number }) {
  if (stock === 0) return null
  if (stock <= LOW_STOCK) return <Text className="tile-few">仅剩 {stock} 件</Text>
  return <Text className="tile-stock">剩 {group(stock)} 件</Text>
}

export function ItemTiles({ items }: { items: Item[] }) {
  return (
    <View className="tiles">
      {items.map((item) => (
        <ItemTile key={item.itemId} item={item} />
      ))}
    </View>
  )
}
