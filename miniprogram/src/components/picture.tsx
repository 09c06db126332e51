import { Image, View } from '@tarojs/components'
import { wechat } from '../wechat'
import { Icon, type IconName } from './icon'
import './picture.scss'

interface Props {
  /** A path on our server, or '' for none. */
  url: string
  className?: string
  instead?: IconName
}

export function Picture({ url, className = '', instead = 'gift' }: Props) {
  if (url) return <Image className={`picture ${className}`} src={wechat.serverUrl + url} mode="aspectFill" lazyLoad />
  return (
    <View className={`picture picture-none ${className}`}>
      <Icon name={instead} size={56} color="#a9b8b0" />
    </View>
  )
}
