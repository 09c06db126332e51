import { expect, it } from 'vitest'
import { faultsOf } from './judge.ts'
import { readStatements } from './read.ts'

it('sends nothing in this test run that one of MySQL 8, MariaDB and TiDB lacks', () => {
  const refused = readStatements().flatMap((statement) => faultsOf(statement).map((fault) => ({ fault, statement })))
  expect(refused).toEqual([])
})
