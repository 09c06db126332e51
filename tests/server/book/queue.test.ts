import type { QueuedMove } from '@pointbook/server/book/batch'
import { openQueue } from '@pointbook/server/book/queue'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** A job that locks these rows. */
const aQueuedMove = (name: string, ...rows: string[]) => ({ key: name, rows }) as unknown as QueuedMove

/** A queued move whose rows are not known yet. */
const unknown = (key: string) => ({ key }) as QueuedMove

const aQueue = () => openQueue(({ rows }) => rows!)
const names = ({ queuedMoves }: { queuedMoves: QueuedMove[] }) => queuedMoves.map(({ key }) => key)

describe('a batch', () => {
  it('takes waiting moves in order, including several on one row', () => {
    const queue = aQueue()
    for (const queuedMove of [aQueuedMove('a', 'm1'), aQueuedMove('b', 'm2'), aQueuedMove('c', 'm1')])
      queue.push(queuedMove, false)
    expect(names(queue.take())).toEqual(['a', 'b', 'c'])
    expect(names(queue.take())).toEqual([])
  })

  it('leaves moves that lock a row of a running batch until it has ended', () => {
    const queue = aQueue()
    queue.push(aQueuedMove('a', 'm1', 'stock'), false)
    const first = queue.take()
    for (const queuedMove of [aQueuedMove('b', 'm2', 'stock'), aQueuedMove('c', 'm3')]) queue.push(queuedMove, false)
    expect(names(queue.take())).toEqual(['c'])
    queue.release(first)
    expect(names(queue.take())).toEqual(['b'])
  })

  it('lets no move overtake an earlier one on one of its rows, even one that waits for another row', () => {
    const queue = aQueue()
    queue.push(aQueuedMove('a', 'stock'), false)
    queue.take()
    for (const queuedMove of [aQueuedMove('b', 'm1', 'stock'), aQueuedMove('c', 'm1'), aQueuedMove('d', 'm2')])
      queue.push(queuedMove, false)
    expect(names(queue.take())).toEqual(['d'])
  })

  it('runs alone while the rows of its moves are unknown', () => {
    let known = false
    const queue = openQueue(() => (known ? ['m1'] : null))
    for (const name of ['a', 'b']) queue.push(unknown(name), false)
    const first = queue.take()
    expect(names(first)).toEqual(['a', 'b'])
    queue.push(unknown('c'), false)
    known = true
    expect(names(queue.take())).toEqual([])
    queue.release(first)
    expect(names(queue.take())).toEqual(['c'])
  })

  it('waits for running batches when the rows of its moves are no longer known', () => {
    const locks: Record<string, string[] | null> = { a: ['m1'], b: null, c: ['m3'] }
    const queue = openQueue(({ key }) => locks[key]!)
    queue.push(unknown('a'), false)
    const first = queue.take()
    for (const key of ['b', 'c']) queue.push(unknown(key), false)
    expect(names(queue.take())).toEqual([])
    queue.release(first)
    expect(names(queue.take())).toEqual(['b', 'c'])
  })

  it('has 256 moves at most', () => {
    const queue = aQueue()
    for (let at = 0; at < 300; at++) queue.push(aQueuedMove(String(at), String(at)), false)
    expect([queue.take().queuedMoves.length, queue.take().queuedMoves.length]).toEqual([256, 44])
  })
})

describe('background work of the shop', () => {
  it('comes after moves of people, 96 at a time, and never in two batches at once', () => {
    const queue = aQueue()
    for (let at = 0; at < 200; at++) queue.push(aQueuedMove(`own-${at}`, `own-${at}`), true)
    queue.push(aQueuedMove('a', 'm1'), false)
    const first = queue.take()
    expect(names(first).slice(0, 2)).toEqual(['a', 'own-0'])
    expect(first.queuedMoves).toHaveLength(97)
    expect(names(queue.take())).toEqual([])
    queue.push(aQueuedMove('b', 'm2'), false)
    expect(names(queue.take())).toEqual(['b'])
    queue.release(first)
    expect(names(queue.take())[0]).toBe('own-96')
  })

  it('does not overtake a move that waits for one of its rows', () => {
    const queue = aQueue()
    queue.push(aQueuedMove('a', 'stock'), false)
    queue.take()
    queue.push(aQueuedMove('b', 'm1', 'stock'), false)
    for (const queuedMove of [aQueuedMove('own-1', 'm1'), aQueuedMove('own-2', 'm2')]) queue.push(queuedMove, true)
    expect(names(queue.take())).toEqual(['own-2'])
  })
})

it('refuses a move when the queue is full', () => {
  const queue = aQueue()
  for (let at = 0; at < 10_000; at++) queue.push(aQueuedMove(String(at), String(at)), false)
  expect(queue.push(aQueuedMove('one more', 'm1'), false)).toBe(false)
  expect(queue.push(aQueuedMove('own', 'm2'), true)).toBe(true)
})

it('hands out every job once, and jobs on one row in order, while other jobs start and end', () => {
  const someRows = fc.uniqueArray(fc.constantFrom('m1', 'm2', 'm3', 'stock'), { minLength: 1, maxLength: 3 })
  const someSteps = fc.array(fc.oneof(someRows, fc.constant('take' as const), fc.nat(2)), {
    minLength: 10,
    maxLength: 60,
    size: 'max',
  })
  fc.assert(
    fc.property(someSteps, (steps) => {
      const queue = aQueue()
      const pushed: QueuedMove[] = []
      const done: QueuedMove[] = []
      const underWay: ReturnType<typeof queue.take>[] = []
      const take = () => {
        const batch = queue.take()
        const others = new Set(underWay.flatMap(({ queuedMoves }) => queuedMoves.flatMap(({ rows }) => rows!)))
        expect(batch.queuedMoves.some(({ rows }) => rows!.some((row) => others.has(row)))).toBe(false)
        done.push(...batch.queuedMoves)
        underWay.push(batch)
      }
      for (const step of steps) {
        if (step === 'take') take()
        else if (typeof step === 'number') for (const batch of underWay.splice(step, 1)) queue.release(batch)
        else {
          const queuedMove = aQueuedMove(String(pushed.length), ...step)
          pushed.push(queuedMove)
          queue.push(queuedMove, false)
        }
      }
      for (const batch of underWay.splice(0)) queue.release(batch)
      take()
      expect(done.toSorted((a, b) => Number(a.key) - Number(b.key))).toEqual(pushed)
      for (const row of ['m1', 'm2', 'm3', 'stock']) {
        const order = done.filter(({ rows }) => rows!.includes(row)).map(({ key }) => Number(key))
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
    }),
  )
})
