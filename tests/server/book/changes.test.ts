import { add, log, put, row } from '@pointbook/server/book/changes'
import { type Change, move } from '@pointbook/server/book/move'
import { account, accounts, messages, quotas } from '@pointbook/server/book/tables'
import type { View } from '@pointbook/server/book/view'
import { adjust } from '@pointbook/server/features/points/ledger/moves'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, fresh, give } from '../../support/server.ts'

let server: Awaited<ReturnType<typeof aServer>>

beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

interface Writing {
  memberId: number
  scope: string
  changes(view: View): Change[]
}

/** Declares the member's account and one counter, and writes the given changes. */
const write = move<Writing, null>('test.write', {
  member: ({ memberId }) => memberId,
  key: () => fresh('write'),
  same: () => null,
  touches: ({ memberId, scope }) => [account(memberId), row(quotas, memberId, scope)],
  decide: (view, { changes }) => ({ changes: changes(view), outcome: null }),
})

async function aWriting(changes: (view: View, memberId: number, scope: string) => Change[]): Promise<Writing> {
  const [memberId, scope] = [await server.aMember(), fresh('scope')]
  return { memberId, scope, changes: (view) => changes(view, memberId, scope) }
}

const frozen = (view: View, memberId: number) => put(accounts, { ...view.get(accounts, memberId)!, standing: 'frozen' })
const standingOf = async ({ memberId }: Writing) => (await server.account(memberId)).standing

const refusedFor = (text: string) => ({ status: 'rejected', reason: { message: expect.stringContaining(text) } })

describe('put', () => {
  it('changes a declared row', async () => {
    const writing = await aWriting((view, memberId) => [frozen(view, memberId)])
    await server.book.make(write, writing)
    expect(await standingOf(writing)).toBe('frozen')
  })

  it('fails by name on an undeclared row, even when another move has loaded it', async () => {
    const other = await server.aMember()
    const before = (await server.account(other)) as never
    const writing = await aWriting(() => [put(accounts, { ...(before as object), balance: 7 } as never)])
    const results = await Promise.allSettled([
      server.book.make(adjust, give(other, 1)),
      server.book.make(write, writing),
    ])
    expect(results[1]).toMatchObject(refusedFor(`puts points_accounts ${other}, which it does not declare`))
    expect((await server.account(other)).balance).toBe(1)
  })

  it('fails by name on a declared row that is not there', async () => {
    const writing = await aWriting((_, memberId, scope) => [put(quotas, { memberId, scope, used: 1 })])
    const [result] = await Promise.allSettled([server.book.make(write, writing)])
    expect(result).toMatchObject(refusedFor(`puts quotas ${writing.memberId}/${writing.scope}, which is not there`))
  })

  it('changes what the same move has added', async () => {
    const writing = await aWriting((_, memberId, scope) => [
      add(quotas, { memberId, scope, used: 1 }),
      put(quotas, { memberId, scope, used: 2 }),
    ])
    await server.book.make(write, writing)
    const again = { ...writing, changes: (view: View) => [put(quotas, { ...usedIn(view, writing), used: 5 })] }
    await server.book.make(write, again)
    await expect(
      server.book.make(write, {
        ...writing,
        changes: (view) => {
          expect(usedIn(view, writing).used).toBe(5)
          return []
        },
      }),
    ).resolves.toBeNull()
  })

  const usedIn = (view: View, { memberId, scope }: Writing) => view.get(quotas, memberId, scope)!
})

describe('add', () => {
  it('fails by name on a row that already exists, and writes nothing of the move', async () => {
    const writing = await aWriting((_, memberId, scope) => [add(quotas, { memberId, scope, used: 1 })])
    await server.book.make(write, writing)
    const second: Writing = {
      ...writing,
      changes: (view) => [frozen(view, writing.memberId), ...writing.changes(view)],
    }
    const [result] = await Promise.allSettled([server.book.make(write, second)])
    expect(result).toMatchObject(refusedFor(`adds quotas ${writing.memberId}/${writing.scope}, which is there already`))
    expect(await standingOf(writing)).toBe('active')
  })

  it('fails by name on a row that an earlier move of the same batch has added', async () => {
    const writing = await aWriting((_, memberId, scope) => [add(quotas, { memberId, scope, used: 1 })])
    const results = await Promise.allSettled([server.book.make(write, writing), server.book.make(write, writing)])
    expect(results[0]).toMatchObject({ status: 'fulfilled' })
    expect(results[1]).toMatchObject(refusedFor('which is there already'))
  })
})

it('distinguishes tables of different kinds', () => {
  const message = { id: 0, topic: 't', payload: {}, dueAt: '', attempts: 0, lastError: '', setAsideAt: null }
  // @ts-expect-error messages are only ever appended
  put(messages, message)
  // @ts-expect-error a row of a table that moves read is put or added
  log(quotas, { memberId: 1, scope: '', used: 0 })
  // @ts-expect-error a row is whole
  put(quotas, { memberId: 1, scope: '' })
  expect(log(messages, message)).toMatchObject({ how: 'log' })
})
