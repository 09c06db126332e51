import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { AdminEndpoint } from '@pointbook/shared/contract/http'
import { contract } from '@pointbook/shared/contract/index'
import { expect, it } from 'vitest'

const panel = path.resolve(import.meta.dirname, '../../server/panel/src')

/** Folders of pages that the shell shows only to accounts with the permission of all their operations. */
const gatedPages = [
  'pages/points/policy-edit',
  'pages/points/policy-presets',
  'pages/points/back-test',
  'pages/shop/accounts',
]

const sources = readdirSync(panel, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(panel, file), 'utf8') }))

const permissionOf = (op: string) => (contract as unknown as Record<string, AdminEndpoint>)[op]!.permission

const asksForPermission = (text: string) => /from '[^']*(act|use-may)\.tsx'/.test(text)
const OPERATION = /['"]((?:GET|POST|PUT|PATCH|DELETE) \/admin[^'"]*)['"]/g
const WRITE = /useWrite\('([^']+)'/g
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, op = '']) => op)

it('hides each button whose operation a role may lack (M15)', () => {
  const gates = sources
    .filter(({ text }) => asksForPermission(text))
    .flatMap(({ text }) => found(text.replaceAll(WRITE, ''), OPERATION))
  const open = sources
    .filter(({ file }) => !gatedPages.some((folder) => file.startsWith(folder)))
    .flatMap(({ file, text }) => found(text, WRITE).map((op) => ({ file, op })))
    .filter(({ op }) => !/\.(read|use)$/.test(permissionOf(op)) && !gates.includes(op))
  expect(open).toEqual([])
})
