interface Key {
  key: string
  currentTarget: { click(): void }
  preventDefault(): void
}

/** In the browser, Enter and the space bar tap, as on every button. */
function pressByKey(event: Key) {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.click()
}

/** What makes an element a button for those who do not see or touch it. WeChat has a name of its own for the role, and no keys. */
export const asButton =
  process.env.TARO_ENV === 'h5' ? { role: 'button', tabIndex: 0, onKeyDown: pressByKey } : { 'aria-role': 'button' }

/** The whole page, which scrolls. */
export const asMain = process.env.TARO_ENV === 'h5' ? { role: 'main', tabIndex: 0 } : {}

/** Makes a region that scrolls reachable by the keyboard, where nothing within it is. */
export const asRegion = (label: string) =>
  process.env.TARO_ENV === 'h5' ? { role: 'region', tabIndex: 0, 'aria-label': label } : {}
