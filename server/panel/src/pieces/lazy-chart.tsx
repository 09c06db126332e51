import { Skeleton } from 'antd'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { default as ChartNow } from './chart.tsx'

const Chart = lazy(() => import('./chart.tsx'))

/** The chart library is loaded after the figures of a page. */
export function LazyChart(props: ComponentProps<typeof ChartNow>) {
  const waiting = (
    <Skeleton.Node active style={{ width: '100%', height: props.heightPx }} classNames={{ root: 'fill' }} />
  )
  return (
    <Suspense fallback={waiting}>
      <Chart {...props} />
    </Suspense>
  )
}
