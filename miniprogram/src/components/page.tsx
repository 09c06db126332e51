import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { useIsFrozen } from '../api/use-me'
import { useShop } from '../api/use-shop'
import { openAsMember } from '../navigate'
import { Notice } from './notice'
import './page.scss'
import { asMain } from './reach'

interface Props extends PropsWithChildren {
  className?: string
  /** Stays at the bottom of the screen, above the home bar. */
  footer?: ReactNode
}

/** The frame of every page. */
export function Page({ className = '', footer, children }: Props) {
  const shop = useShop()
  const isFrozen = useIsFrozen()
  return (
    <View className={`page ${footer ? 'page-footed' : ''} ${className}`} {...asMain}>
      {process.env.TARO_ENV === 'weapp' && shop?.demo && <View className="demo-mark">演示环境</View>}
      {isFrozen && (
        <Notice stop icon="alert" onTap={() => openAsMember('/member/inbox/index')}>
          账户已冻结，暂时不能获得和使用积分。原因在「消息」里，如有疑问请联系门店。
        </Notice>
      )}
      {children}
      {footer && <View className="page-footer">{footer}</View>}
    </View>
  )
}
