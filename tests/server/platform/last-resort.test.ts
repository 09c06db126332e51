import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const server = path.resolve(import.meta.dirname, '../../../server')

/** Runs a program with the last resort in force; its exit code, and all that it wrote. */
async function run(program: string) {
  const text = `
    import { logLastError } from './src/platform/last-resort.ts'
    const log = { fatal: (facts, text) => console.log(JSON.stringify({ ...facts, text })) }
    process.on('uncaughtException', (error) => {
      logLastError(log, error)
      process.exit(1)
    })
    ${program}
  `
  const args = ['--input-type=module', '--eval', text]
  const ended = await promisify(execFile)(process.execPath, args, { cwd: server }).catch((failed) => failed)
  return { code: ended.code ?? 0, said: `${ended.stdout}${ended.stderr}` }
}

it.each([
  `setTimeout(() => { throw new TypeError('Failed query, params: 13800000001') })`,
  `Promise.reject(new TypeError('Failed query, params: 13800000001'))`,
])('an error that nobody caught ends the process and is logged without its message: %s', async (program) => {
  const { code, said } = await run(program)
  expect(code).toBe(1)
  expect(JSON.parse(said)).toMatchObject({ type: 'TypeError', text: 'ended by an error that nobody caught' })
  expect(said).not.toContain('13800000001')
})

it('so does anything else that was thrown', async () => {
  const { code, said } = await run(`Promise.reject('13800000001')`)
  expect([code, said.includes('13800000001')]).toEqual([1, false])
  expect(JSON.parse(said)).toMatchObject({ type: 'UnhandledPromiseRejection' })
})
