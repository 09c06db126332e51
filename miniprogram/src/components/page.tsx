import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { useShop } from '../api/use-shop'
import './page.scss'

interface Props extends PropsWithChildren {
  className?: string
  /** Stays at the bottom of the screen, above the home bar. */
  footer?: ReactNode
}

/** The frame of every page. */
export function Page({ className = '', footer, children }: Props) {
  const shop = useShop()
  return (
    <View className={`page ${footer ? 'page-footed' : ''} ${className}`}>
      {process.env.TARO_ENV === 'weapp' && shop?.demo && <View className="demo-mark">演示环境</View>}
      {children}
      {footer && <View className="page-footer">{footer}</View>}
    </View>
  )
}
