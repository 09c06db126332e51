import { Popup } from '@nutui/nutui-react-taro'
import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { Button } from './button'
import { asRegion } from './reach'
import './sheet.scss'

interface Props extends PropsWithChildren {
  open: boolean
  title: string
  onClose(): void
  footer?: ReactNode
}

/** Comes up from the bottom; closes by a tap beside it. */
export function Sheet({ open, title, onClose, footer, children }: Props) {
  return (
    <Popup visible={open} position="bottom" round lockScroll onClose={onClose}>
      <View className="sheet">
        <View className="sheet-title">{title}</View>
        <View className="sheet-body" {...asRegion(title)}>
          {children}
        </View>
        {footer && <View className="sheet-footer">{footer}</View>}
      </View>
    </Popup>
  )
}

interface ConfirmProps extends PropsWithChildren {
  open: boolean
  title: string
  yes: string
  kind?: 'main' | 'danger'
  busy?: boolean
  onYes(): void
  onClose(): void
}

/** Asks before an action that cannot easily be undone. */
export function Confirm({ open, title, yes, kind = 'main', busy, onYes, onClose, children }: ConfirmProps) {
  const footer = (
    <>
      <Button kind="quiet" onTap={onClose}>
        再想想
      </Button>
      <Button kind={kind} busy={busy} onTap={onYes}>
        {yes}
      </Button>
    </>
  )
  return (
    <Sheet open={open} title={title} onClose={onClose} footer={footer}>
      {children}
    </Sheet>
  )
}
