import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readStatements } from './read.ts'
import { shapesOf } from './shapes.mjs'

// A log that had missed something would let everything pass, so a run of all tests proves that it was kept.
const folder = path.resolve(import.meta.dirname, '../../server/migrations')
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('--> statement-breakpoint'))
  .flatMap(shapesOf)

it('finds every statement of the migrations in the log', () => {
  const sent = new Set(readStatements())
  expect(migrations.filter((statement) => !sent.has(statement))).toEqual([])
})

it('finds a read and a write of every table in the log', () => {
  const sent = readStatements()
  const tables = migrations.flatMap((statement) => statement.match(/^CREATE TABLE `(\w+)`/)?.slice(1) ?? [])
  const lacks = (verb: string) => (table: string) =>
    !sent.some((statement) => new RegExp(`^${verb} .*?\\b${table}\\b`, 'i').test(statement))
  expect(tables.length).toBeGreaterThan(40)
  expect({ read: tables.filter(lacks('select')), written: tables.filter(lacks('insert')) }).toEqual({
    read: [],
    written: [],
  })
})
