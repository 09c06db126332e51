import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMay } from '../session/use-may.tsx'
import { call, type Input, type Operation, type Reply } from './call.ts'

/** What may be typed into a search goes in a body, so that no phone number gets into an address. */
type Reading = Extract<Operation, `GET ${string}` | `POST ${string}/search`>

interface Options {
  enabled?: boolean
  /** Keep showing the page before while the next one loads. */
  keep?: boolean
  refetchMs?: number
  /** Asks anew on every mount: for what an editor begins from. */
  fresh?: boolean
}

/** Reads an operation; an empty text in the input counts as not given. It becomes stale when a write lists the operation. */
export function useRead<Op extends Reading>(
  op: Op,
  input: Input<Op>,
  { enabled = true, keep, refetchMs, fresh }: Options = {},
) {
  const may = useMay()
  const fields = Object.fromEntries(Object.entries(input as object).filter(([, value]) => value !== ''))
  return useQuery<Reply<Op>>({
    queryKey: [op, fields],
    queryFn: () => read(op, fields as Input<Op>),
    // A reading besides the page's own that the account may not make leaves its place empty.
    enabled: enabled && may(op),
    refetchInterval: refetchMs,
    ...(fresh ? { refetchOnMount: 'always' as const } : {}),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  })
}

// The optional argument depends on the operation, which a generic call cannot express.
const read: <Op extends Reading>(op: Op, input: Input<Op>) => Promise<Reply<Op>> = call as never
