import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Found {
  violations: { id: string; nodes: { html: string; target: string[]; failureSummary: string }[] }[]
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

interface Look {
  /** Narrows it to what has just opened over a page that was looked at before. */
  within?: string
  /** Whether axe's own best practices count too. */
  best?: boolean
  /** Whether the colours are looked at, which takes axe longer than all the rest. */
  colours?: boolean
}

/** Accessibility faults: violations of WCAG 2.1 A and AA found by axe. */
export async function obstacles(
  page: Page,
  { within = 'html', best = true, colours = true }: Look = {},
): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source)
  const options = {
    runOnly: best ? [...wcag, 'best-practice'] : wcag,
    rules: { 'color-contrast': { enabled: colours } },
    resultTypes: ['violations'],
  }
  const unspoken = await page.evaluate<string[]>(`(${misnamed})(document.querySelector('${within}'))`)
  const { violations } = await page.evaluate<Found>(`axe.run('${within}', ${JSON.stringify(options)})`)
  const broken = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, target, failureSummary }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)} ${failureSummary}`,
    ),
  )
  return [...broken, ...unspoken]
}

// In the browser: faults that axe does not report, such as missing or English labels for screen readers, and text in a column too
// narrow to read.
const misnamed = `(within) => {
  const all = (selector) => [...within.querySelectorAll(selector)]
  const name = (element) => element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? ''
  const english = all('[aria-label]').filter((element) => /^[a-z][a-z -]+$/.test(name(element)))
  const nameless = all('[role=radiogroup]').filter((element) => name(element) === '')
  const shared = all('label[for]').filter(({ htmlFor }) =>
    document.querySelectorAll('[id="' + CSS.escape(htmlFor) + '"]').length > 1)
  const squeezed = all('td').filter(({ innerText, clientWidth, clientHeight }) =>
    innerText.trim().length > 6 && clientWidth < 100 && clientHeight > 90)
  return [
    ...[...english, ...nameless].map((element) => 'name: ' + element.outerHTML.slice(0, 200)),
    ...shared.map((element) => 'label of two elements: ' + element.outerHTML.slice(0, 200)),
    ...squeezed.map((element) => 'squeezed: ' + element.outerHTML.slice(0, 200)),
  ]
}`
