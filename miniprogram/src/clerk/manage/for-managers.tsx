import type { ReactNode } from 'react'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { Empty, Loaded } from '../../components/states'
import { open } from '../../navigate'
import { type Post, useWorkplace } from '../use-workplace'

interface Place extends Pick<ReturnType<typeof useWorkplace>, 'stores' | 'choose'> {
  store: Post
}

/** What a store manager sees, with the chosen store; others read that it is not for them. */
export function ForManagers({ children }: { children(place: Place): ReactNode }) {
  const { clerk, stores, store, choose } = useWorkplace()
  if (clerk.data?.role === 'manager' && store) return <>{children({ store, stores, choose })}</>
  return (
    <Page>
      <Loaded from={clerk}>
        {(data) => (
          <Empty
            drawing="card"
            title={data?.role === 'manager' ? '还没有分配门店' : '这里只有店长能用'}
            text={
              data?.role === 'manager' ? '请商家给您安排一家门店，再回到这里' : '需要管理门店时，请商家把您设为店长'
            }
          >
            <Button onTap={() => open('/clerk/home/index')}>回工作台</Button>
          </Empty>
        )}
      </Loaded>
    </Page>
  )
}
