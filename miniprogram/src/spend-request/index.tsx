import type { Api } from '@pointbook/shared/contract/index'
import { group, yuan } from '@pointbook/shared/money'
import { View } from '@tarojs/components'
import Taro, { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { call } from '../api/call'
import { useWrite } from '../api/use-write'
import { Button } from '../components/button'
import { Sheet } from '../components/sheet'
import { useStanding } from '../session/session'

type Request = NonNullable<Api['GET /me/spend-request']['reply']['request']>

/** Shows what a clerk asks to spend while the page is in front, and takes the member's answer. Reads it again at intervals. */
export function SpendRequest({ lookEveryMs }: { lookEveryMs: number }) {
  const standing = useStanding()
  const [isFront, setFront] = useState(true)
  const [request, setRequest] = useState<Request | null>(null)
  const [send, busy] = useWrite('POST /me/spend-requests/:draftId')
  useDidShow(() => setFront(true))
  useDidHide(() => setFront(false))
  const looks = isFront && standing === 'member'

  useEffect(() => {
    if (!looks) return
    const look = () =>
      call('GET /me/spend-request').then(
        (reply) => setRequest(reply.request),
        () => {},
      )
    look()
    const looking = setInterval(look, lookEveryMs)
    return () => clearInterval(looking)
  }, [looks, lookEveryMs])

  const answer = async (accept: boolean) => {
    if (!request) return
    const { draftId, points, worthFen } = request
    const answered = await send({ draftId, points, worthFen, accept })
    setRequest(null)
    if (answered) Taro.showToast({ title: accept ? '已同意，请店员继续' : '没有用积分', icon: 'none' })
  }
  const footer = (
    <>
      <Button kind="quiet" busy={busy} onTap={() => answer(false)}>
        不同意
      </Button>
      <Button busy={busy} onTap={() => answer(true)}>
        同意
      </Button>
    </>
  )
  return (
    <Sheet open={request !== null} title="用积分抵现？" footer={footer} onClose={() => setRequest(null)}>
      {request && (
        <View>
          {request.storeName}的店员想用你的 {group(request.points)} 分抵 ¥{yuan(request.worthFen)}。
          不是你本人在结账，请点「不同意」。
        </View>
      )}
    </Sheet>
  )
}
