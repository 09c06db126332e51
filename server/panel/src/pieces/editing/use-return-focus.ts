import { useEffect, useRef } from 'react'

/**
 * Gives the focus back to what opened a dialog. The library does so when a dialog closes, but one that leaves together
 * with its component never closes: the focus would be lost. `open` is whether it stands open from the beginning.
 */
export function useReturnFocus(open: boolean) {
  const opener = useRef(open ? document.activeElement : null)
  useEffect(
    () => () => {
      const { current } = opener
      const giveBack = () =>
        current instanceof HTMLElement && document.activeElement === document.body && current.focus()
      setTimeout(giveBack)
    },
    [],
  )
}
