import { isChanged, refusedBy } from '@pointbook/shared/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { call, type Input, type Operation, type Reply } from './call.ts'

type Writing = Exclude<Operation, `GET ${string}`>
type Without<Op extends Writing> = Omit<Input<Op>, 'requestId'>

const newRequestId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The state of a write, for a form. */
export interface Write {
  isPending: boolean
  error: unknown
  reset: () => void
  /** Whether the last one succeeded; known before `onDone` is called. */
  landed: { current: boolean }
}

/**
 * A write, and the reads that become stale by it. Operations with a request id get one id per intention: pressing again after a
 * lost connection sends the same id, so that nothing is done twice; another input, or a success, starts a new intention.
 */
export function useWrite<Op extends Writing>(op: Op, { changes, withId }: Settings<Op>) {
  const queries = useQueryClient()
  const intention = useRef<{ input: string; requestId: string }>(undefined)
  const underWay = useRef<{ input: string; reply: Promise<Reply<Op>> }>(undefined)
  const landed = useRef(false)
  const readAgain = () => Promise.all(changes.map((changed) => queries.invalidateQueries({ queryKey: [changed] })))
  const mutation = useMutation<Reply<Op>, Error, Without<Op>>({
    mutationFn: (input) => {
      if (!withId) return write(op, input as Input<Op>)
      const text = JSON.stringify(input)
      if (intention.current?.input !== text) intention.current = { input: text, requestId: newRequestId() }
      return write(op, { ...input, requestId: intention.current.requestId } as Input<Op>)
    },
    onSuccess: () => {
      intention.current = undefined
      landed.current = true
      return readAgain()
    },
    // After a refusal because of a changed figure or revision the page's data are read again, so that the next attempt uses them.
    onError: (error) => (isChanged(error) || isOutdated(error) ? readAgain() : undefined),
  })
  // The second click of a double click comes before the button is drawn as busy; it belongs to the same write.
  const isUnderWay = (input: Without<Op>) => underWay.current?.input === JSON.stringify(input)
  const mutateAsync = (input: Without<Op>): Promise<Reply<Op>> => {
    if (isUnderWay(input)) return underWay.current!.reply
    const begun = { input: JSON.stringify(input), reply: mutation.mutateAsync(input) }
    underWay.current = begun
    const end = () => {
      if (underWay.current === begun) underWay.current = undefined
    }
    begun.reply.then(end, end)
    return begun.reply
  }
  /** For a form: `onDone` is called once, even when the component has been removed; `error` has the refusal. */
  const send = async (
    input: Without<Op>,
    onDone?: (reply: Reply<Op>) => unknown,
    onRefused: (error: unknown) => void = () => {},
  ) => {
    if (!isUnderWay(input)) await mutateAsync(input).then(onDone, onRefused)
  }
  return { ...mutation, mutateAsync, send, landed }
}

/** Whether another person has changed the same thing meanwhile. */
const isOutdated = (error: unknown) => refusedBy<Operation>(error, 'edit.outdated')

interface Settings<Op extends Writing> {
  changes: Operation[]
  /** True exactly where the contract asks for a request id; the compiler sees to it. */
  withId: Input<Op> extends { requestId: string } ? true : false
}

const write: <Op extends Writing>(op: Op, input: Input<Op>) => Promise<Reply<Op>> = call as never
