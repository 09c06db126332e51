import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Api, Operation } from './call'
import { call } from './call'

type Writing = { [Op in Operation]: Api[Op]['input'] extends { requestId: string } ? Op : never }[Operation]
type WithoutId<Op extends Writing> = Omit<Api[Op]['input'], 'requestId'>

const newRequestId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')

/**
 * A write with one request id for one intention: pressing again after a lost connection sends the same id, so nothing
 * is done twice; another input, or a success, begins a new intention.
 */
export function useWrite<Op extends Writing>(op: Op, { changes }: { changes: QueryKey[] }) {
  const queries = useQueryClient()
  const intention = useRef<{ input: string; requestId: string }>(undefined)
  return useMutation({
    mutationFn: (input: WithoutId<Op>) => {
      const text = JSON.stringify(input)
      if (intention.current?.input !== text) intention.current = { input: text, requestId: newRequestId() }
      return call(op, { ...input, requestId: intention.current.requestId } as Api[Op]['input'])
    },
    onSuccess: () => {
      intention.current = undefined
      return Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}
