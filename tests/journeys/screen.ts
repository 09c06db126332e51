import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { errors, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'

const artifacts = path.resolve(import.meta.dirname, '../artifacts')
mkdirSync(artifacts, { recursive: true })

const patienceMs = 20_000
const briefMs = 2_000

/** The whole text of something on the screen, or a part of it as a pattern. */
export type Words = string | RegExp

/** What a person sees and does on a screen. Everything is found by the words on it; a page left behind is not seen. */
export function aScreen(page: Page) {
  page.setDefaultTimeout(patienceMs)
  const all = (words: Words): Locator => page.getByText(words, { exact: true }).filter({ visible: true })
  const field = (placeholder: string) =>
    page.locator('input, textarea').and(page.getByPlaceholder(placeholder)).filter({ visible: true })

  /** The one thing that says so; where several do, `nth` from the top, -1 for the last. */
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
    sees: (words: Words) => all(words).first().waitFor(),
    /** What is said for a moment only may be over before anybody looks: it counts when it was said since the last touch. */
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
    /** Keeps a picture of this moment among the artefacts, which git ignores. */
    keeps: (name: string) => page.screenshot({ path: path.join(artifacts, `${name}.png`) }),
  }
}

const watching = `
  const said = (window.said = [])
  const touched = () => {
    said.length = 0
    sessionStorage.setItem('touches', 1 + Number(sessionStorage.getItem('touches')))
  }
  addEventListener('pointerdown', touched, { capture: true })
  const note = (node) => said.push((node.textContent ?? '').trim())
  const changed = ({ type, target, addedNodes }) => (type === 'characterData' ? note(target) : addedNodes.forEach(note))
  new MutationObserver((changes) => changes.forEach(changed)).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
  })`

/** Lets a page count its touches, so that one is never mistaken for none, and remember what it said since the last. */
export const watch = (page: Page) => page.addInitScript({ content: watching })

const said = (page: Page) => page.evaluate<string[]>('window.said')

const matching = (words: Words) => (typeof words === 'string' ? words : expect.stringMatching(words))

const touches = (page: Page) => page.evaluate<string | null>(`sessionStorage.getItem('touches')`)

/** False for an action that may be tried again: it ran out of time, or a page on its way out showed the same words. */
function mayPass(error: unknown): false {
  if (error instanceof errors.TimeoutError || String(error).includes('strict mode violation')) return false
  throw error
}
