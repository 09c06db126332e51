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
  /** True when nobody knows whether it was done: the same tap may be repeated, and never does it twice. */
  unsure: boolean
}

/** What went wrong, kept on the screen until the next try: a toast is gone before a busy clerk has looked. */
export function useProblem() {
  const [problem, setProblem] = useState<Problem | null>(null)
  const tell = useCallback((error: unknown) => setProblem(problemOf(error)), [])
  const clear = useCallback(() => setProblem(null), [])
  return { problem, tell, clear }
}

/**
 * `useWrite` for the till: what went wrong stays on the screen, in `problem`, and says whether to press again. `onChanged` is
 * called when the confirmed figure is no longer right.
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
