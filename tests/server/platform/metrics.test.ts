import { buildApp } from '@pointbook/server/app'
import { pointsAccounts } from '@pointbook/server/book/tables'
import { outbox } from '@pointbook/server/platform/database/outbox-table'
import { runLeased } from '@pointbook/server/platform/schedule'
import { addMs } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOutside } from '../../support/server.ts'
import { aWorld } from '../../support/world.ts'

type World = Awaited<ReturnType<typeof aWorld>>

let world: World

beforeAll(async () => {
  world = await aWorld()
})
afterAll(() => world.close())

async function read(): Promise<string> {
  const { status, body } = await world.anyone().ask('GET /metrics')
  expect(status).toBe(200)
  return body
}

/** The value of one series, by its name and labels as they stand there; 0 while there is none. */
function figure(text: string, series: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return Number(line?.slice(series.length) ?? 0)
}

/** By how much the series grew while something was done. */
async function growth(series: string[], work: () => Promise<unknown>): Promise<number[]> {
  const before = await read()
  await work()
  const after = await read()
  return series.map((each) => figure(after, each) - figure(before, each))
}

describe('the figures', () => {
  it('report the size of batches, the wait of moves and the time of commits', async () => {
    const memberId = await world.aMember()
    const series = [
      'pointbook_batch_moves_sum',
      'pointbook_move_wait_seconds_count',
      'pointbook_batch_commit_seconds_count',
      'pointbook_batch_commit_seconds_sum',
    ]
    const member = await world.asMember(memberId)
    const [moves, waited, batches, seconds] = await growth(series, () => member.call('POST /me/check-ins'))
    expect([moves, waited, batches]).toEqual([1, 1, 1])
    expect(seconds).toBeGreaterThan(0)
  })

  it('count answers by operation and status, and refusals by code', async () => {
    const series = [
      'pointbook_answer_seconds_count{operation="GET /me",status="401"}',
      'pointbook_refusals_total{code="session.missing"}',
      'pointbook_refusals_total{code="route.unknown"}',
    ]
    const [unauthorised, missing, unknown] = await growth(series, async () => {
      await world.anyone().ask('GET /me')
      await world.anyone().ask('GET /members/13800138000')
    })
    expect([unauthorised, missing, unknown]).toEqual([1, 1, 1])
  })

  it('contain no inputs and no callers', async () => {
    const admin = await world.asAdmin()
    await admin.ask('POST /admin/members/search', { q: '13800138000' })
    await admin.ask('GET /admin/members/:memberId', { memberId: 20_999_999 })
    await world.anyone().ask('GET /elsewhere/13800138000')
    // Names and labels: a figure such as 0.020999999 may hold any digits.
    const series = (await read()).replaceAll(/ \S+$/gm, '')
    expect(series).toContain('operation="GET /admin/members/:memberId"')
    expect(series).toContain('operation="GET elsewhere"')
    expect(series).not.toMatch(/13800138000|20999999/)
  })

  it('report the number of waiting outbox messages and the age of the oldest', async () => {
    const { db, clock } = world
    const due = (seconds: number) => ({
      topic: 'case.decided',
      payload: {},
      dueAt: addMs(clock.now(), seconds * 1_000),
    })
    await db.insert(outbox).values([due(-90), due(-30), due(60)])
    const text = await read()
    expect(figure(text, 'pointbook_outbox_lag_seconds')).toBe(90)
    expect(figure(text, 'pointbook_outbox_due_messages')).toBe(2)
    await db.delete(outbox)
    expect(figure(await read(), 'pointbook_outbox_lag_seconds')).toBe(0)
  })

  it('report the last success of a job, its duration, and its failures', async () => {
    const job = { name: 'tidy', pattern: '* * * * *', run: async () => {} }
    const begun = Date.now() / 1000
    await runLeased(job, world.server)
    expect(figure(await read(), 'pointbook_job_last_success_timestamp_seconds{name="tidy"}')).toBeGreaterThanOrEqual(
      begun,
    )
    const failing = { ...job, run: () => Promise.reject(new Error('not today')) }
    const [failures] = await growth(['pointbook_job_failures_total{name="tidy"}'], () =>
      runLeased(failing, world.server),
    )
    expect(failures).toBe(1)
  })

  it('count requests under way, including the one for the metrics', async () => {
    expect(figure(await read(), 'pointbook_requests_under_way')).toBe(1)
  })

  it('report the disk of the data folder, and that the database answers', async () => {
    const text = await read()
    expect(figure(text, 'pointbook_database_up')).toBe(1)
    const free = figure(text, 'pointbook_data_disk_free_bytes')
    expect(free).toBeGreaterThan(0)
    expect(figure(text, 'pointbook_data_disk_size_bytes')).toBeGreaterThanOrEqual(free)
  })

  it('report the checks that failed in the last ledger audit, also after a restart', async () => {
    const failed = async () => figure(await read(), 'pointbook_ledger_audit_failed_checks')
    expect(await failed()).toBeNaN()
    const memberId = await world.aMember({ points: 50 })
    const admin = await world.asAdmin()
    await admin.call('POST /admin/ledger-audit')
    expect(await failed()).toBe(0)
    await world.db.update(pointsAccounts).set({ balance: 51 }).where(eq(pointsAccounts.memberId, memberId))
    await admin.call('POST /admin/ledger-audit')
    expect(await failed()).toBeGreaterThan(0)
    world.outside.metrics.auditFailed.set(0)
    expect(await failed()).toBeGreaterThan(0)
  })
})

describe('the reader', () => {
  const live = { METRICS_TOKEN: 'a-token-of-the-test' }

  it('must send the token when one is set', async () => {
    const guarded = await aWorld({ env: live })
    const withToken = (token: string) => guarded.speaker({ authorization: `Bearer ${token}` }).ask('GET /metrics')
    expect(await guarded.anyone().ask('GET /metrics')).toMatchObject({ status: 401, body: { code: 'session.invalid' } })
    expect((await withToken('another-token')).status).toBe(401)
    expect((await withToken(live.METRICS_TOKEN)).status).toBe(200)
    await guarded.close()
  })

  it('gets 404 in production when no token is set', async () => {
    const { outside, close } = await anOutside()
    const app = await buildApp({ ...outside, env: { ...outside.env, mode: 'production' } })
    const { statusCode } = await app.http.inject('/metrics')
    expect(statusCode).toBe(404)
    await app.close()
    await close()
  })
})
