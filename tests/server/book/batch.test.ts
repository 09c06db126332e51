import { type QueuedMove, runBatch, type WriterState } from '@pointbook/server/book/batch'
import { move } from '@pointbook/server/book/move'
import type { PoolConnection } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import { NOON } from '../../support/server.ts'

const writesNothing = move<null, string>('test.nothing', {
  member: () => 0,
  key: () => 'nothing',
  touches: () => [],
  decide: () => ({ changes: [], outcome: 'done' }),
})

const aQueuedMove = (): QueuedMove => ({
  move: writesNothing,
  input: null,
  memberId: 0,
  key: 'nothing',
  inputHash: Buffer.alloc(32),
  at: undefined,
  sinceMs: 0,
  resolve: () => {},
  reject: () => {},
})

const aState = (): WriterState => ({ sealSecret: 's', offsetMinutes: 480, now: () => NOON, inForce: null })

/** A database in which another policy comes into force each time a batch has begun, this many times. */
function aDatabase(changes: number) {
  const sent: string[] = []
  let version = 1
  const query = async (statement: string | { sql: string }) => {
    const sql = typeof statement === 'string' ? statement : statement.sql
    sent.push(sql)
    if (sql.startsWith('SELECT version, document')) return [[{ version, document: '{}' }]]
    if (!sql.startsWith('BEGIN')) return [[]]
    if (version <= changes) version += 1
    return [[[], [], [[version]]]]
  }
  return { connection: { query } as unknown as PoolConnection, sent }
}

describe('a policy that comes into force while a batch begins', () => {
  it('begins the batch again with that policy', async () => {
    const { connection, sent } = aDatabase(2)
    const { verdicts } = await runBatch(connection, aState(), [aQueuedMove()])
    expect(verdicts).toEqual([{ outcome: 'done', repeated: false, at: NOON }])
    expect(sent.filter((sql) => sql === 'ROLLBACK')).toHaveLength(2)
  })

  it('makes the batch begin four times and then refuse, with no transaction left open', async () => {
    const { connection, sent } = aDatabase(Number.POSITIVE_INFINITY)
    await expect(runBatch(connection, aState(), [aQueuedMove()])).rejects.toMatchObject({ code: 'server.busy' })
    expect(sent.filter((sql) => sql.startsWith('BEGIN'))).toHaveLength(4)
    expect(sent.at(-1)).toBe('ROLLBACK')
  })
})
