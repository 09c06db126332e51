import type { Api } from '@pointbook/shared/contract/index'
import { Text } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../api/call'
import { useEvery } from '../../api/use-every'
import { Icon } from '../../components/icon'
import { Points } from '../../components/points'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'

type Entry = Api['GET /me/entries']['reply']['rows'][number]

const lookEveryMs = 5_000

/** Shows the entry that the till has just made for the member. */
export function LatestEntry() {
  const [arrived, setArrived] = useState<Entry>()
  const known = useRef<number>()
  const look = async () => {
    const [latest] = (await call('GET /me/entries', { limit: 1 })).rows
    const seq = latest?.seq ?? 0
    if (known.current !== undefined && seq > known.current) setArrived(latest)
    known.current = seq
  }
  const quietly = () => look().catch(() => {})
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, to know what was there before
  useEffect(() => {
    quietly()
  }, [])
  useEvery(lookEveryMs, quietly)
  if (!arrived) return null
  return (
    <Tap className="code-arrived" onTap={() => open(`/member/entry/index?seq=${arrived.seq}`)}>
      <Icon name="check" size={36} />
      <Text className="grow">{arrived.title}</Text>
      <Text>
        <Points value={arrived.delta} signed /> 分
      </Text>
      <Icon name="right" size={30} />
    </Tap>
  )
}
