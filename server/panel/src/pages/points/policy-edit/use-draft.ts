import type { Policy, PolicyFault } from '@pointbook/shared/contract/points/policy'
import type { FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useUnsaved } from '../../../pieces/editing/use-unsaved.ts'

const QUIET_MS = 800

export type DraftState = 'untouched' | 'incomplete' | 'saving' | 'saved' | 'failed' | 'outdated'

/**
 * Saves the draft when the merchant pauses. It waits while a field is empty, because the server refuses an incomplete policy.
 * When another person has saved another draft, it waits for the merchant's choice.
 */
export function useDraft(form: FormInstance<Policy>, begun: Reply<'GET /admin/policy'>) {
  const [start] = useState(begun.draft ?? begun.inForce)
  const [draft, setDraft] = useState(start)
  const [saved, setSaved] = useState(start)
  const [complete, setComplete] = useState(true)
  const [faults, setFaults] = useState<PolicyFault[]>(begun.draftFaults)
  const revision = useRef(begun.draftRevision)
  const waiting = useRef<Policy>(undefined)
  const save = useWrite('PUT /admin/policy/draft', { withId: false, changes: ['GET /admin/policy'] })
  const theirs = outdatedIn<{ draft: Policy | null }>(save.error)

  const send = async (policy: Policy) => {
    waiting.current = undefined
    const reply = await save.mutateAsync({ draft: policy, revision: revision.current }).catch(() => null)
    if (!reply) return
    revision.current = reply.revision
    setSaved(policy)
    setFaults(reply.faults)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new draft is the only reason to save
  useEffect(() => {
    if (draft === start) return
    let current = true
    waiting.current = undefined
    const settle = (filled: boolean) => {
      if (!current) return
      setComplete(filled)
      waiting.current = filled && !theirs ? draft : undefined
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

  const state = stateOf({
    complete,
    outdated: theirs !== null,
    failed: save.isError,
    // A change that is not sent yet counts as unsaved, so that a publication cannot overtake it.
    saving: save.isPending || draft !== saved,
    touched: draft !== start || begun.draft !== null,
  })
  useUnsaved(() => state === 'incomplete' || state === 'failed' || state === 'outdated')

  return {
    draft,
    complete,
    faults,
    state,
    error: save.error,
    /** The revision of the draft as last saved from here. */
    revision,
    /** The draft that another person has saved meanwhile; null: they have deleted it. */
    theirs,
    changed: () => setDraft(structuredClone(form.getFieldsValue(true))),
    retry: () => send(draft),
    keepMine: () => {
      if (theirs) revision.current = theirs.revision
      send(draft)
    },
  }
}

interface Facts {
  complete: boolean
  outdated: boolean
  failed: boolean
  saving: boolean
  touched: boolean
}

function stateOf({ complete, outdated, failed, saving, touched }: Facts): DraftState {
  if (outdated) return 'outdated'
  if (!complete) return 'incomplete'
  if (failed) return 'failed'
  if (saving) return 'saving'
  return touched ? 'saved' : 'untouched'
}
