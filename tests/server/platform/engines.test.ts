import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { settings } from '../../engines/settings.ts'
import { tryOut } from '../../engines/trial.ts'

// A sample of `npm run engines`.

const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-engines-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('runs a shop with any defaults of the database (FD2, FD4, FS9)', async () => {
  expect(await tryOut(settings['all-at-once'], folder)).toEqual([])
}, 240_000)

it('reports in one sentence why a server does not start (FD2)', async () => {
  expect(await tryOut(settings['other-engine'], folder)).toEqual([])
  expect(await tryOut(settings['statement-log'], folder)).toEqual([])
}, 240_000)
