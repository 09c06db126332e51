import { Input, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Icon } from '../../components/icon'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { useToDecide, waitingText } from '../manage/to-decide'
import { ProblemNote } from '../problem'
import { useScan } from '../use-scan'
import type { Post } from '../use-workplace'
import { LeftVisits } from './left-visits'

/** The start for every customer: scan the code, or type it when the camera cannot read it. */
export function Counter({ store, manages }: { store: Post; manages: boolean }) {
  const [typed, setTyped] = useState('')
  const toDo = waitingText(useToDecide(manages).data) || '今天、员工、积分'
  const { scan, enter, again, busy, problem } = useScan(store)
  const enterTyped = async () => {
    if (await enter(typed)) setTyped('')
  }
  return (
    <>
      <Tap className={busy ? 'till-scan till-scan-busy' : 'till-scan'} onTap={scan}>
        <Icon name="scan" size={120} color="#efd7a6" />
        <View className="till-scan-title">{busy ? '正在查…' : '扫码'}</View>
        <View className="till-scan-text">会员码 · 取货码</View>
      </Tap>
      <ProblemNote problem={problem} onAgain={again} />
      <View className="card till-type">
        <Input
          className="till-input digits"
          type="number"
          maxlength={40}
          value={typed}
          placeholder="扫不了？输入码下方的数字"
          confirmType="done"
          onInput={(e) => setTyped(e.detail.value)}
          onConfirm={enterTyped}
        />
        <Button disabled={!typed.trim()} busy={busy} onTap={enterTyped}>
          确定
        </Button>
      </View>
      <View className="quiet till-type-hint">没带会员码，也可以输入手机号或会员号查找</View>
      <LeftVisits {...store} />
      <View className="card cells">
        <Cell icon="undo" label="退货" value="按小票收回积分" onTap={() => open('/clerk/return/index')} />
        {manages && <Cell icon="store" label="门店管理" value={toDo} onTap={() => open('/clerk/manage/index')} />}
      </View>
    </>
  )
}
