import { useEffect, useRef } from 'react'

/**
 * Returns the focus to the element that opened a dialog. The library does so when a dialog closes, but not when its component is
 * removed. `open`: whether it is open from the beginning.
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
