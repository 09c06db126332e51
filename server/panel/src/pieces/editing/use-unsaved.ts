import { App } from 'antd'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { danger } from '../danger.ts'

interface Guard {
  isUnsaved: () => boolean
  /** Whether a change of the address's query closes the form. */
  inQuery: boolean
}

const guards = new Set<Guard>()

/** Whether leaving would lose input: of the whole page, or only of the part opened by the query. */
export const isAnythingUnsaved = (where: 'page' | 'query'): boolean =>
  [...guards].some((guard) => (where === 'page' || guard.inQuery) && guard.isUnsaved())

type Confirm = ReturnType<typeof App.useApp>['modal']['confirm']

export const askToLeave = (confirm: Confirm, leave: () => void, stay?: () => void) =>
  confirm({
    title: '填写的内容还没有保存',
    content: '离开后，这次填写的内容会丢失。',
    okText: '离开',
    ...danger,
    cancelText: '继续填写',
    onOk: leave,
    onCancel: stay,
  })

interface Options {
  /** False while a dialog that stays mounted is closed. */
  open?: boolean
  inQuery?: boolean
}

/**
 * Protects a form with unsaved input. Returns a function that closes it: at once when nothing is lost, otherwise after a
 * question.
 */
export function useUnsaved(isUnsaved: () => boolean, { open = true, inQuery = false }: Options = {}) {
  const { modal } = App.useApp()
  const latest = useRef(isUnsaved)
  const givenUp = useRef(false)
  useLayoutEffect(() => {
    latest.current = isUnsaved
  })
  useEffect(() => {
    if (!open) return
    givenUp.current = false
    const guard = { isUnsaved: () => !givenUp.current && latest.current(), inQuery }
    guards.add(guard)
    return () => {
      guards.delete(guard)
    }
  }, [open, inQuery])
  return (close: () => void) => {
    if (!latest.current()) return close()
    askToLeave(modal.confirm, () => {
      givenUp.current = true
      close()
    })
  }
}
