import type { Policy, PolicyFault } from '@pointbook/shared/contract/policy'
import type { FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useWrite } from '../../api/use-write.ts'

const QUIET_MS = 800

export type DraftState = 'untouched' | 'incomplete' | 'saving' | 'saved' | 'failed'

/**
 * The draft saves itself when the merchant pauses. While a field is still empty it waits: half a policy is no policy,
 * and the server would refuse it.
 */
export function useDraft(form: FormInstance<Policy>, start: Policy, alreadySaved: boolean) {
  const [draft, setDraft] = useState(start)
  const [complete, setComplete] = useState(true)
  const [faults, setFaults] = useState<PolicyFault[]>([])
  const waiting = useRef<Policy>(undefined)
  const save = useWrite('PUT /admin/policy/draft', { withId: false, changes: ['GET /admin/policy'] })

  const send = async (policy: Policy) => {
    waiting.current = undefined
    const reply = await save.mutateAsync({ draft: policy }).catch(() => null)
    if (reply) setFaults(reply.faults)
  }

  // The faults of a draft found at the start are not stored with it: saving it again tells them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the start
  useEffect(() => {
    if (alreadySaved) send(start)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new draft is the only reason to save
  useEffect(() => {
    if (draft === start) return
    let current = true
    waiting.current = undefined
    const settle = (filled: boolean) => {
      if (!current) return
      setComplete(filled)
      waiting.current = filled ? draft : undefined
    }
    form.validateFields({ validateOnly: true }).then(
      () => settle(true),
      () => settle(false),
    )
    const timer = setTimeout(() => waiting.current && send(waiting.current), QUIET_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [draft])

  // Leaving within the pause must not lose the last change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: on leaving only
  useEffect(
    () => () => {
      if (waiting.current) send(waiting.current)
    },
    [],
  )

  return {
    draft,
    complete,
    faults,
    state: stateOf(complete, save, draft !== start || alreadySaved),
    error: save.error,
    changed: () => setDraft(structuredClone(form.getFieldsValue(true))),
    retry: () => send(draft),
  }
}

function stateOf(complete: boolean, save: { isPending: boolean; isError: boolean }, touched: boolean): DraftState {
  if (!complete) return 'incomplete'
  if (save.isPending) return 'saving'
  if (save.isError) return 'failed'
  return touched ? 'saved' : 'untouched'
}
