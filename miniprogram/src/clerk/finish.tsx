import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { Button } from '../components/button'
import { Icon } from '../components/icon'
import './finish.scss'
import { ProblemNote } from './problem'
import type { useScan } from './use-scan'

/** It is done: a tick, what was done, and the figure that matters. */
export function FinishHead({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <View className="finish">
      <View className="finish-tick">
        <Icon name="check" size={72} color="#fff" />
      </View>
      <View className="finish-title">{title}</View>
      {children && <View className="finish-figure">{children}</View>}
    </View>
  )
}

/** Straight on to the next in the queue, or back to the counter. */
export function FinishButtons({ next }: { next: ReturnType<typeof useScan> }) {
  return (
    <>
      <ProblemNote problem={next.problem} onAgain={next.again} />
      <View className="finish-buttons">
        <Button kind="quiet" onTap={() => Taro.navigateBack()}>
          回工作台
        </Button>
        <Button busy={next.busy} onTap={next.scan}>
          扫下一位
        </Button>
      </View>
    </>
  )
}
