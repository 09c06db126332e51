import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Refused, refusedBy } from '@pointbook/shared/client'
import { refusalsElsewhere, refusalsOfHandlers } from '@pointbook/shared/contract/common-refusals'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { refusalsOf } from '@pointbook/shared/contract/refusals'
import { refusals } from '@pointbook/shared/refusals'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const operations = Object.keys(contract) as Operation[]

it('lists each code at an operation, or among the codes of another place', () => {
  const listed = new Set<string>([...operations.flatMap(refusalsOf), ...refusalsElsewhere, ...refusalsOfHandlers])
  const unlisted = Object.keys(refusals).filter((code) => !listed.has(code))
  expect(unlisted, 'add to `refusals` of the operation that sends it, in shared/src/contract').toEqual([])
})

it('finds for each code a place in the server that refuses with it', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'server/src/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
  const text = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n')
  expect(Object.keys(refusals).filter((code) => !text.includes(`'${code}'`))).toEqual([])
})

it('lists no code of an operation twice, and none that is already a common refusal', () => {
  const twice = operations.flatMap((op) => {
    const listed = refusalsOf(op)
    return listed.filter((code, at) => listed.indexOf(code) !== at).map((code) => `${op}: ${code}`)
  })
  expect(twice).toEqual([])
})

it('allows a screen to check only refusal codes of the operation', () => {
  const error = new Refused(409, { code: 'item.unlisted' })
  expect(refusedBy<'POST /mall/redemptions'>(error, 'item.unlisted')).toBe(true)
  expect(refusedBy<'POST /mall/redemptions'>(error, 'item.sold-out')).toBe(false)
  expect(refusedBy(error, 'server.busy')).toBe(false)
  // @ts-expect-error: no redemption is refused with this code
  expect(refusedBy<'POST /mall/redemptions'>(error, 'receipt.taken')).toBe(false)
  // @ts-expect-error: no operation is named that has this code
  expect(refusedBy(error, 'item.unlisted')).toBe(true)
})
