import type { Api } from '@pointbook/shared/contract/index'
import { useDidShow, usePullDownRefresh } from '@tarojs/taro'
import { useEffect, useSyncExternalStore } from 'react'
import { beginSession, useStanding, useTrouble } from '../session/session'
import { call } from './call'
import { sharedAnswer, useShared } from './shared-answer'
import type { Load } from './use-load'

type Me = Api['GET /me']['reply']

const me = sharedAnswer(() => call('GET /me'))

/** The member logged in; for a visitor it stays in the loading state. Fails when the identity could not be determined. */
export function useMe(): Load<Me> {
  const standing = useStanding()
  const failure = useTrouble()
  const isMember = standing === 'member'
  const answer = useShared(me, isMember)
  useEffect(() => {
    if (!isMember) me.forget()
  }, [isMember])
  useDidShow(() => {
    beginSession()
  })
  usePullDownRefresh(() => {
    beginSession()
  })
  return isMember ? answer : { data: undefined, failure, reload: beginSession }
}

/** The label of the points that are not pending: a frozen member cannot use them. */
export const useUsableLabel = (): string => (useIsFrozen() ? '解冻后可用' : '可用积分')

/** Whether the member is frozen, by the last answer. */
export const useIsFrozen = (): boolean =>
  useSyncExternalStore(me.subscribe, () => me.read().data?.standing === 'frozen')
