import { expect, it } from 'vitest'
import { faultsOf } from './judge.ts'
import { readStatements } from './read.ts'

it('sends in this test run only statements that MySQL 8, MariaDB and TiDB support', () => {
  const refused = readStatements().flatMap((statement) => faultsOf(statement).map((fault) => ({ fault, statement })))
  expect(refused).toEqual([])
})
