import { useState } from 'react'
import { Page } from '../../../components/page'
import type { Visit } from '../../visit'
import { FindMember } from '../find-member'
import { ForManagers } from '../for-managers'
import { Adjusted, type Outcome } from './adjusted'
import { Adjusting } from './adjusting'
import './index.scss'

definePageConfig({ navigationBarTitleText: '调整积分' })

/** Find the member, say how many points and why, check the balance, confirm. */
export default function AdjustPage() {
  const [visit, setVisit] = useState<Visit>()
  const [outcome, setOutcome] = useState<Outcome>()
  const another = () => {
    setVisit(undefined)
    setOutcome(undefined)
  }
  return (
    <ForManagers>
      {({ store }) => {
        if (visit && outcome) return <Adjusted nickname={visit.member.nickname} {...outcome} onAnother={another} />
        if (visit)
          return <Adjusting key={visit.visit} visit={visit} store={store} onDone={setOutcome} onAnother={another} />
        return (
          <Page>
            <FindMember
              store={store}
              title="给谁调整"
              hint="请会员打开「会员码」给您扫；来过这家店的会员，也可以输入手机号"
              onFound={setVisit}
            />
          </Page>
        )
      }}
    </ForManagers>
  )
}
