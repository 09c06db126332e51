import { isChanged, refusedBy } from '@pointbook/shared/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { call, type Input, type Operation, type Reply } from './call.ts'

type Writing = Exclude<Operation, `GET ${string}`>
type Without<Op extends Writing> = Omit<Input<Op>, 'requestId'>

const newRequestId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A write as a form needs to know it. */
export interface Write {
  isPending: boolean
  error: unknown
  reset: () => void
  /** Whether the last one succeeded; known before `onDone` is called. */
  landed: { current: boolean }
}

/**
 * A write, and the readings that are stale after it.
 * Operations that ask for a request id get one for one intention: pressing again after a lost connection sends the same
 * id, so that nothing is done twice; another input, or a success, begins a new intention.
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
    // A figure or a version that is no longer right: what stands on the page is read again, so that the next press is about that.
    onError: (error) => (isChanged(error) || isOutdated(error) ? readAgain() : undefined),
  })
  // The second click of a double one comes before the button is drawn as busy: it is the same write, not a competitor.
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
  /** For a form: `onDone` comes once, even when what asked has left the page by then; a refusal stands in `error`. */
  const send = async (
    input: Without<Op>,
    onDone?: (reply: Reply<Op>) => unknown,
    onRefused: (error: unknown) => void = () => {},
  ) => {
    if (!isUnderWay(input)) await mutateAsync(input).then(onDone, onRefused)
  }
  return { ...mutation, mutateAsync, send, landed }
}

/** Whether somebody else has changed meanwhile what this was to change. */
const isOutdated = (error: unknown) => refusedBy<Operation>(error, 'edit.outdated')

interface Settings<Op extends Writing> {
  changes: Operation[]
  /** True exactly where the contract asks for a request id; the compiler sees to it. */
  withId: Input<Op> extends { requestId: string } ? true : false
}

const write: <Op extends Writing>(op: Op, input: Input<Op>) => Promise<Reply<Op>> = call as never
