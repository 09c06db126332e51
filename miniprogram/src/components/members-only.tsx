import type { ComponentType } from 'react'
import { useStanding } from '../session/session'
import { asMember } from '../session/sign-up'
import { Button } from './button'
import { Page } from './page'
import { Empty, Skeleton } from './states'

/** A page only a member can fill. A visitor whom a link led here is invited in; its calls wait until it is known who asks. */
export function membersOnly(Content: ComponentType) {
  return function MembersOnly() {
    const standing = useStanding()
    if (standing === 'member') return <Content />
    if (standing === 'starting')
      return (
        <Page>
          <Skeleton rows={3} />
        </Page>
      )
    return (
      <Page>
        <Empty drawing="card" title="这是会员的页面" text="加入会员后，就能看到属于您的内容">
          <Button onTap={asMember}>登录 / 加入会员</Button>
        </Empty>
      </Page>
    )
  }
}
