import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import { expect, it } from 'vitest'
import { failedChecks, inABackupFolder, restore, rowsIn } from '../support/backup.ts'

const { anEmptyDatabase } = inABackupFolder()
// The secrets of the old shop (old-shop/README.md), of which these are backups.
const shop = { env: readEnv({ SEAL_SECRET: 'demo-seal-secret-do-not-use-this-in-production' }, { mode: 'test' }) }

// One of them is of another engine than that of the run. The tables were of a revision with generated columns.
it.each(['mysql-9', 'mariadb-10'])(
  'restores a backup of %s, with books in order (FO2, FD10)',
  async (name) => {
    const target = await anEmptyDatabase()
    await restore(target, path.join(import.meta.dirname, 'backups', `${name}.jsonl.gz`))
    const settings = (await rowsIn(target, 'settings')).map((row) => JSON.parse(row))
    expect(settings).toContainEqual({
      ...{ name: 'odd', value: '{"名":"🀄\\n","n":9007199254740993}' },
      ...{ saved_at: '2026-03-02 04:05:06.789', saved_by: 'system' },
    })
    expect(await failedChecks(target, shop)).toEqual([])
  },
  120_000,
)
