import { App } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { askToLeave, isAnythingUnsaved } from './use-unsaved.ts'

/**
 * Asks before a link, the back button or a closing window discards a form. The router allows one such blocker, so it is in the
 * shell.
 */
export function AskBeforeLeaving() {
  const { modal } = App.useApp()
  const blocker = useBlocker(({ currentLocation, nextLocation }) =>
    isAnythingUnsaved(currentLocation.pathname === nextLocation.pathname ? 'query' : 'page'),
  )
  const { state, proceed, reset } = blocker
  // biome-ignore lint/correctness/useExhaustiveDependencies: one question for each time it is blocked
  useEffect(() => {
    if (state === 'blocked') askToLeave(modal.confirm, proceed!, reset)
  }, [state])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isAnythingUnsaved('page')) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
  return null
}
