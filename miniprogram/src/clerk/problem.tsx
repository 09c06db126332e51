import { isChanged, Refused, refusedBy } from '@pointbook/shared/client'
import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { useWrite, type Wish, type Writing } from '../api/use-write'
import { isUnsure, textOf } from '../api/wire'
import { Icon } from '../components/icon'
import { Tap } from '../components/tap'
import './problem.scss'

export interface Problem {
  code: string
  text: string
  /** True when the effect is unknown: the same tap can be repeated and has the effect only once. */
  unsure: boolean
}

/** The failure, shown until the next attempt, because a busy clerk misses a toast. */
export function useProblem() {
  const [problem, setProblem] = useState<Problem | null>(null)
  const tell = useCallback((error: unknown) => setProblem(problemOf(error)), [])
  const clear = useCallback(() => setProblem(null), [])
  return { problem, tell, clear }
}

/**
 * `useWrite` for the till: a failure stays on the screen, in `problem`, and says whether to try again. `onChanged` is called when
 * a confirmed figure has changed.
 */
export function useDeed<Op extends Writing>(op: Op, onChanged?: () => void) {
  const { problem, tell, clear } = useProblem()
  const [write, busy] = useWrite(op, (error) => {
    tell(error)
    if (isChanged(error)) onChanged?.()
  })
  const send = (wish: Wish<Op>) => {
    clear()
    return write(wish)
  }
  return { send, busy, problem }
}

export function problemOf(error: unknown): Problem {
  if (!(error instanceof Refused)) return { code: '', text: '没有收到回答，网络可能断了', unsure: true }
  if (refusedBy(error, 'session.forbidden'))
    return { code: error.code, text: '您已不是店员，请联系店长', unsure: false }
  return { code: error.code, text: textOf(error), unsure: isUnsure(error) }
}

export function ProblemNote({ problem, onAgain }: { problem: Problem | null; onAgain?: () => void }) {
  if (!problem) return null
  return (
    <View className="problem">
      <Icon name="alert" size={40} />
      <View className="grow">
        <View>{problem.text}</View>
        {problem.unsure && <View className="problem-safe">可以放心再按一次，不会重复记录</View>}
      </View>
      {problem.unsure && onAgain && (
        <Tap className="problem-again" onTap={onAgain}>
          再试一次
        </Tap>
      )}
    </View>
  )
}
