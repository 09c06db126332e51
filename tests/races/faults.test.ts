import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { cutWire } from '../chaos/faults/cut.ts'
import { killDatabase } from '../chaos/faults/kill-database.ts'
import { killServer } from '../chaos/faults/kill-server.ts'
import { holdRows } from '../chaos/faults/lock.ts'
import { openStage } from '../chaos/stage.ts'

// The short form of `npm run chaos`.
it('loses no move, makes none twice and never oversells while server, database, wire and rows fail', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pointbook-chaos-'))
  const stage = await openStage(folder, 16)
  try {
    await cutWire(stage.wire, { slowMs: 500, cutMs: 2_000 })
    await killServer.make(stage, 9)
    await holdRows(stage, 2_000)
    await killDatabase.make(stage, 6)
    const { acknowledged, left, ...wrong } = await stage.verdict()
    expect(wrong).toEqual({ lost: [], doubled: [], faults: [] })
    expect(acknowledged).toBeGreaterThan(100)
    expect(left).toBeGreaterThan(0)
  } finally {
    await stage.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 180_000)
