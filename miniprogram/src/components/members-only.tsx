import type { ComponentType } from 'react'
import { useMe } from '../api/use-me'
import { useStanding } from '../session/session'
import { asMember } from '../session/sign-up'
import { Button } from './button'
import { Page } from './page'
import { Empty, Failed, Skeleton } from './states'

/** A page for members only. Visitors are invited to sign up; its reads wait until the identity is known. */
export function membersOnly(Content: ComponentType) {
  return function MembersOnly() {
    const standing = useStanding()
    const { failure, reload } = useMe()
    if (standing === 'member') return <Content />
    return (
      <Page>
        {standing === 'starting' && <Skeleton rows={3} />}
        {standing === 'unreached' && <Failed text={failure} onRetry={reload} />}
        {standing === 'visitor' && (
          <Empty drawing="card" title="这是会员的页面" text="加入会员后，就能看到属于您的内容">
            <Button onTap={asMember}>登录 / 加入会员</Button>
          </Empty>
        )}
      </Page>
    )
  }
}
