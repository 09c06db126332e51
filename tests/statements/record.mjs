// Loaded into every process of a test run by NODE_OPTIONS: keeps a log of the distinct statements sent to the database. Plain
// JavaScript, since it is there before whatever makes a process understand TypeScript.
import { tracingChannel } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { shapesOf } from './shapes.mjs'

// What tests themselves do to begin; see tests/support/migrated.ts.
const SET_UP = '/* set-up */'
const file = /** @type {string} */ (process.env['POINTBOOK_STATEMENTS'])
/** @type {Set<string>} */
const known = new Set()

/** @param {string} sql */
function record(sql) {
  if (sql.startsWith(SET_UP)) return
  for (const shape of shapesOf(sql)) {
    if (known.has(shape)) continue
    known.add(shape)
    appendFileSync(file, `${shape}\n`)
  }
}

for (const way of ['query', 'execute'])
  tracingChannel(`mysql2:${way}`).subscribe({ start: ({ query }) => record(query) })
