// Plain JavaScript, because the first step installs what the others need to be more than that.

const tailLines = 20

/** Something the person at the keyboard can act on: what happened, the end of the output, what to do. */
export class Trouble extends Error {
  /** @param {string} message @param {{ output?: string, advice?: string }} [more] */
  constructor(message, { output = '', advice = '' } = {}) {
    super(message)
    this.name = 'Trouble'
    this.output = output
    this.advice = advice
  }
}

/**
 * Does one step and prints one line about it with its time; `note` adds a remark to that line.
 * A failing step is marked and throws on.
 * @type {<T>(title: string, work: (note: (text: string) => void) => T | Promise<T>) => Promise<T>}
 */
export const step = async (title, work) => {
  const startedMs = performance.now()
  let remark = ''
  /** @param {string} mark */
  const line = (mark) => {
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    underWay.delete(title)
    show(`${mark} ${title.padEnd(22)} ${seconds.padStart(6)} s  ${remark}`.trimEnd())
  }
  underWay.add(title)
  show()
  try {
    const result = await work((text) => {
      remark = remark ? `${remark}, ${text}` : text
    })
    line('✓')
    return result
  } catch (error) {
    line('✗')
    throw error
  }
}

/** @type {Set<string>} */
const underWay = new Set()

/** Prints a finished line; on a terminal the running steps are shown below it. @param {string} [line] */
function show(line) {
  const finished = line === undefined ? '' : `${line}\n`
  const pending = underWay.size > 0 ? `· ${[...underWay].join(', ')} …` : ''
  process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${finished}${pending}` : finished)
}

/** Prints an error for the user; a fault of Pointbook itself with its stack. @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Error)) return console.error(error)
  if (error.name === 'EnvFaults') return console.error(`\n${error.message}`)
  if (!(error instanceof Trouble)) return console.error(`\n${error.stack}`)
  console.error(`\n${error.message}`)
  if (error.output) console.error(indent(tail(error.output)))
  const advice = /ENOSPC|No space left/.test(error.output)
    ? 'The disk is full: free some space and try again.'
    : error.advice
  if (advice) console.error(`\n${advice}`)
}

/** The last lines of an output. @param {string} output */
function tail(output) {
  return output.trimEnd().split('\n').slice(-tailLines).join('\n')
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^/gm, '  │ ')
}
