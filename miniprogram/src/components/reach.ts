interface Key {
  key: string
  currentTarget: { click(): void }
  preventDefault(): void
}

/** In the browser, Enter and the space bar tap it, as on every button. */
function pressByKey(event: Key) {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.click()
}

/**
 * Properties that make an element a button for screen readers and the keyboard. WeChat has its own name for the role, and no
 * keyboard.
 */
export const asButton =
  process.env.TARO_ENV === 'h5' ? { role: 'button', tabIndex: 0, onKeyDown: pressByKey } : { 'aria-role': 'button' }

/** The whole page, which scrolls. */
export const asMain = process.env.TARO_ENV === 'h5' ? { role: 'main', tabIndex: 0 } : {}

/** Makes a scrolling region without focusable elements reachable by the keyboard. */
export const asRegion = (label: string) =>
  process.env.TARO_ENV === 'h5' ? { role: 'region', tabIndex: 0, 'aria-label': label } : {}
