import { View } from '@tarojs/components'
import { wechat } from '../wechat'
import './face.scss'
import { Graphic } from './graphic'

/** A person's avatar, or the end of the name in its place. */
export function Face({ url, name, big }: { url: string; name: string; big?: boolean }) {
  const look = big ? 'face face-big' : 'face'
  if (url) return <Graphic className={look} alt="" src={wechat.serverUrl + url} mode="aspectFill" />
  return <View className={look}>{name.slice(-2)}</View>
}
