import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { shortDay } from '../../time'
import './curve.scss'

type Days = Api['GET /me/curve']['reply']['days']

const width = 600
const height = 120

/** The balance over time as one line on a picture; no canvas, so it is the same everywhere. */
export function Curve({ days }: { days: Days }) {
  const most = Math.max(...days.map(({ balance }) => balance))
  return (
    <View className="curve">
      <View className="curve-most digits">最高 {group(most)}</View>
      <View
        className="curve-line"
        style={`background-image:url("data:image/svg+xml,${encodeURIComponent(drawn(days, most))}")`}
      />
      <View className="curve-days">
        <Text>{shortDay(days[0]?.on ?? '')}</Text>
        <Text>{shortDay(days[days.length - 1]?.on ?? '')}</Text>
      </View>
    </View>
  )
}

function drawn(days: Days, most: number): string {
  const x = (place: number) => Math.round((place / (days.length - 1)) * width)
  const y = (balance: number) => Math.round(height - (Math.max(0, balance) / Math.max(1, most)) * (height - 8) - 2)
  const line = days.map(({ balance }, place) => `${x(place)} ${y(balance)}`).join('L')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="#1f4d3f" stop-opacity=".2"/><stop offset="1" stop-color="#1f4d3f" stop-opacity="0"/></linearGradient></defs><path d="M0 ${height}L${line}L${width} ${height}z" fill="url(#a)"/><path d="M${line}" fill="none" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/></svg>`
}
