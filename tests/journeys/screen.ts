import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { errors, type Locator, type Page } from 'playwright-core'
import { expect, vi } from 'vitest'

const artifacts = path.resolve(import.meta.dirname, '../artifacts')
mkdirSync(artifacts, { recursive: true })

const patienceMs = 20_000
const briefMs = 2_000

// In the browser, put there by `watch`.
declare const isSeenAfterScroll: (element: unknown) => boolean

/** The whole text of something on the screen, or a part of it as a pattern. */
export type Words = string | RegExp

/**
 * A person's view of a screen and actions on it. Elements are found by their text, and only visible ones on top count: not those
 * of a previous page, hidden, faded out or covered.
 */
export function aScreen(page: Page) {
  page.setDefaultTimeout(patienceMs)
  const all = (words: Words): Locator => page.getByText(words, { exact: true }).filter({ visible: true })
  const field = (placeholder: string) =>
    page.locator('input, textarea').and(page.getByPlaceholder(placeholder)).filter({ visible: true })

  /** The element with this text; of several, `nth` from the top, -1 for the last. */
  const one = (words: Words, nth?: number) => (nth === undefined ? all(words) : all(words).nth(nth))

  /**
   * A page that is being left still shows its words; a finger that finds them gone looks again, but never touches twice:
   * on a slow machine the touch may have landed although the time for it ran out.
   */
  async function patiently(act: (options: { timeout: number }) => Promise<void>) {
    const before = await touches(page)
    for (const endsAt = Date.now() + patienceMs; Date.now() < endsAt; ) {
      const done = await act({ timeout: briefMs }).then(() => true, mayPass)
      if (done || (await touches(page)) !== before) return
    }
    await act({ timeout: briefMs })
  }

  return {
    page,
    one,
    /** Scrolls as a person does until an element on top has this text. */
    sees: (words: Words) =>
      // Not expect.poll, which preparations before the tests may not call.
      vi.waitFor(
        async () => {
          const seen = await all(words).evaluateAll((elements) =>
            elements.some((element) => isSeenAfterScroll(element)),
          )
          expect(seen, `to see ${words}`).toBe(true)
        },
        { timeout: patienceMs },
      ),
    /** A short message may disappear before the test looks: it counts if it was visible since the last touch. */
    hears: (words: Words) => expect.poll(() => said(page), { timeout: patienceMs }).toContainEqual(matching(words)),
    seesNo: (words: Words) => expect.poll(() => all(words).count(), { timeout: patienceMs }).toBe(0),
    taps: (words: Words, nth?: number) => patiently((options) => one(words, nth).tap(options)),
    clicks: (words: Words, nth?: number) => patiently((options) => one(words, nth).click(options)),
    types: (placeholder: string, value: string, nth = 0) => field(placeholder).nth(nth).fill(value),
    async searches(placeholder: string, value: string) {
      await field(placeholder).fill(value)
      await field(placeholder).press('Enter')
    },
    reads: async (what: Locator) => (await what.filter({ visible: true }).first().textContent())!.trim(),
    /** Waits until the keyboard's focus is there. */
    hasFocus: (what: Locator) =>
      expect.poll(() => what.and(page.locator(':focus')).count(), { timeout: briefMs }).toBe(1),
    /** Keeps a picture of this moment among the artefacts, which git ignores. */
    keeps: (name: string) => page.screenshot({ path: path.join(artifacts, `${name}.png`) }),
  }
}

const watching = `
  const isSeen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
    const { pointerEvents } = element.style
    // Elements that let touches through count as visible.
    element.style.pointerEvents = 'auto'
    const isOnTop = (x, y) => {
      const top = document.elementFromPoint(x, y)
      return top !== null && (element.contains(top) || top.contains(element))
    }
    const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
    const parts = [0.5, 0.1, 0.9]
    const seen = boxes.some(({ left, top, width, height }) =>
      parts.some((part) => isOnTop(left + width * part, top + height / 2)),
    )
    element.style.pointerEvents = pointerEvents
    return seen
  }
  window.isSeenAfterScroll = (element) => {
    if (isSeen(element)) return true
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    return isSeen(element)
  }

  const said = (window.said = [])
  const unseen = new Set()
  const touched = () => {
    said.length = 0
    unseen.clear()
    sessionStorage.setItem('touches', 1 + Number(sessionStorage.getItem('touches')))
  }
  addEventListener('pointerdown', touched, { capture: true })
  const textIn = (node) => (node.textContent ?? '').trim()
  const look = () => {
    for (const node of unseen) {
      const element = node instanceof Element ? node : node.parentElement
      const text = textIn(node)
      if (!node.isConnected || !element || !text) unseen.delete(node)
      else if ([element, ...element.querySelectorAll('*')].some((part) => textIn(part) === text && isSeen(part))) {
        said.push(text)
        unseen.delete(node)
      }
    }
  }
  const changed = ({ type, target, addedNodes }) => {
    if (type === 'characterData') unseen.add(target)
    else addedNodes.forEach((node) => unseen.add(node))
  }
  new MutationObserver((changes) => {
    changes.forEach(changed)
    look()
  }).observe(document, { subtree: true, childList: true, characterData: true })
  setInterval(look, 50)`

/** Makes a page count its touches and record its messages since the last touch. */
export const watch = (page: Page) => page.addInitScript({ content: watching })

const said = (page: Page) => page.evaluate<string[]>('window.said')

const matching = (words: Words) => (typeof words === 'string' ? words : expect.stringMatching(words))

const touches = (page: Page) => page.evaluate<string | null>(`sessionStorage.getItem('touches')`)

/** False for an action that may be repeated: it timed out, or a closing page had the same text. */
function mayPass(error: unknown): false {
  if (error instanceof errors.TimeoutError || String(error).includes('strict mode violation')) return false
  throw error
}
