import { View } from '@tarojs/components'
import { wechat } from '../wechat'
import { Graphic } from './graphic'
import { Icon, type IconName } from './icon'
import './picture.scss'

interface Props {
  /** A path on our server, or '' for none. */
  url: string
  className?: string
  /** Text for screen readers; '' when the text beside it says the same. */
  alt?: string
  instead?: IconName
}

export function Picture({ url, className = '', alt = '', instead = 'gift' }: Props) {
  if (url)
    return (
      <Graphic className={`picture ${className}`} alt={alt} src={wechat.serverUrl + url} mode="aspectFill" lazyLoad />
    )
  return (
    <View className={`picture picture-none ${className}`}>
      <Icon name={instead} size={56} color="#a9b8b0" />
    </View>
  )
}
