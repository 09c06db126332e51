import { statfs } from 'node:fs/promises'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import type { readBackups } from './backup/records.ts'
import type { Metrics } from './metrics.ts'
import type { Lag } from './outbox.ts'
import { sha256 } from './secrets.ts'

const READ_WITHIN_MS = 2_000
const NEVER = '1970-01-01T00:00:00.000Z'

interface Watched {
  metrics: Metrics
  /** The token that a reader must send; empty when everybody may read. */
  token: string
  underWay(): number
  outboxLag(): Promise<Lag>
  /** The number of checks that failed in the last audit of the ledger; null before the first. */
  failedChecks(): Promise<number | null>
  /** The number of the last block of the audit log. */
  logBlocks(): Promise<number>
  backups(): ReturnType<typeof readBackups>
  dataFolder: string
}

/** `/metrics`, as Prometheus reads it. */
export function metricsRoute(http: FastifyInstance, watched: Watched) {
  const { metrics, token } = watched
  const expected = sha256(`Bearer ${token}`)

  http.get('/metrics', { schema: { hide: true } }, async ({ headers }, reply) => {
    // Hashes are compared, so that the time taken reveals nothing about the token.
    if (token && sha256(headers.authorization ?? '') !== expected) throw new Refusal('session.invalid')
    metrics.underWay.set(watched.underWay())
    await Promise.all([readDatabase(watched), readDisk(watched)])
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

/** A database that does not answer must not hide the other metrics. */
async function readDatabase({ metrics, outboxLag, failedChecks, logBlocks, backups }: Watched) {
  const late = new Promise<null>((resolve) => setTimeout(resolve, READ_WITHIN_MS, null).unref())
  const read = Promise.all([outboxLag(), failedChecks(), backups(), logBlocks()]).catch(() => null)
  const answer = await Promise.race([read, late])
  metrics.databaseUp.set(answer ? 1 : 0)
  const [lag, failed, known, blocks] = answer ?? [null, null, null, null]
  metrics.outboxDue.set(lag?.due ?? Number.NaN)
  metrics.outboxLag.set(lag ? lag.lagMs / 1000 : Number.NaN)
  metrics.auditFailed.set(failed ?? Number.NaN)
  metrics.logBlocks.set(blocks ?? Number.NaN)
  const proof = known?.proof?.passed ? known.proof : null
  metrics.backupMade.set(known ? Date.parse(known.made?.at ?? NEVER) / 1000 : Number.NaN)
  metrics.backupProved.set(known ? Date.parse(proof?.at ?? NEVER) / 1000 : Number.NaN)
  if (!lag) return
  metrics.outboxStuck.reset()
  for (const { topic, why, messages } of lag.stuck) metrics.outboxStuck.set({ topic, why }, messages)
}

async function readDisk({ metrics, dataFolder }: Watched) {
  const disk = await statfs(dataFolder).catch(() => null)
  metrics.diskFree.set(disk ? disk.bavail * disk.bsize : Number.NaN)
  metrics.diskSize.set(disk ? disk.blocks * disk.bsize : Number.NaN)
}
