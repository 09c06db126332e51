import { gathered } from '@pointbook/server/platform/database/gathered'
import type { Database } from '@pointbook/server/platform/database/pool'
import { expect, it } from 'vitest'

interface Lot {
  memberId: number
  points: number
}

/** A reader of lots that notes which keys it was asked for together. */
function aReader(lots: Lot[]) {
  const asked: number[][] = []
  let fault: Error | null = null
  const execute = async ({ keys }: { keys: number[] }) => {
    asked.push(keys)
    if (fault) throw fault
    return lots.filter(({ memberId }) => keys.includes(memberId))
  }
  const read = gathered(
    () => ({ execute }),
    ({ memberId }: Lot) => memberId,
  )
  const database = {} as Database
  return {
    asked,
    read: (memberId: number) => read(database, memberId),
    elsewhere: (memberId: number) => read({} as Database, memberId),
    failWith: (error: Error | null) => {
      fault = error
    },
  }
}

const lots = [
  { memberId: 1, points: 10 },
  { memberId: 2, points: 20 },
  { memberId: 1, points: 30 },
]

it('sends one query for the reads of one turn, and gives each caller their own rows', async () => {
  const { read, asked } = aReader(lots)
  const results = await Promise.all([read(1), read(2), read(3), read(1)])
  const own = [lots[0], lots[2]]
  expect(results).toEqual([own, [lots[1]], [], own])
  expect(asked).toEqual([[1, 2, 3]])
})

it('reads again in a later turn, so that no caller gets older data', async () => {
  const { read, asked } = aReader(lots)
  await read(1)
  await read(1)
  expect(asked).toEqual([[1], [1]])
})

it('does not mix reads of different databases', async () => {
  const { read, elsewhere, asked } = aReader(lots)
  await Promise.all([read(1), elsewhere(2)])
  expect(asked).toEqual([[1], [2]])
})

it('fails all reads of the turn, and none afterwards', async () => {
  const { read, failWith } = aReader(lots)
  failWith(new Error('connection lost'))
  const results = await Promise.allSettled([read(1), read(2)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  failWith(null)
  expect(await read(2)).toEqual([lots[1]])
})

it('fails only the reads of an unreadable row (FS10)', async () => {
  const database = {} as Database
  const execute = async ({ keys }: { keys: number[] }) => {
    if (keys.includes(2)) JSON.parse('{broken')
    return lots.filter(({ memberId }) => keys.includes(memberId))
  }
  const read = gathered(
    () => ({ execute }),
    ({ memberId }: Lot) => memberId,
  )
  const results = await Promise.allSettled([read(database, 1), read(database, 2), read(database, 3)])
  expect(results).toMatchObject([{ value: [lots[0], lots[2]] }, { status: 'rejected' }, { value: [] }])
})
