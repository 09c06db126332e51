import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import './figures.scss'

/** Lines of figures in one card. */
export function Figures({ children }: PropsWithChildren) {
  return <View className="card day-sums">{children}</View>
}

/** Figures side by side. */
export function FigureLine({ children }: PropsWithChildren) {
  return <View className="day-figures">{children}</View>
}

export function Figure({ label, value }: { label: string; value: ReactNode }) {
  return (
    <View className="day-figure">
      <View className="digits day-value">{value}</View>
      <View className="quiet">{label}</View>
    </View>
  )
}
