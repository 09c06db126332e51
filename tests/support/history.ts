import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Names } from '@pointbook/server/features/connections/imports/rows'
import { takeHistory } from '@pointbook/server/features/connections/imports/take'
import { purchasesTable } from '@pointbook/server/features/earning/purchases/tables'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach } from 'vitest'
import { aRule, earningBy } from './policies.ts'
import { aServer } from './server.ts'

export let server: Awaited<ReturnType<typeof aServer>>
/** A folder for the files of one test. */
export let folder: string

const firstPurchase = aRule({
  id: 'first',
  name: '首单礼',
  gift: { type: 'fixed', points: 1_000 },
  conditions: [{ type: 'first-purchase' }],
})

/** A shop without a past, anew for each test. */
export function inAnEmptyShop() {
  beforeEach(async () => {
    const rate = aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })
    server = await aServer({ policy: { earning: earningBy([rate, firstPurchase]) } })
    folder = mkdtempSync(path.join(tmpdir(), 'history-'))
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await server.close()
  })
}

export const HEADER = 'member_ref,receipt_no,purchased_on,quantity,amount_yuan'

export function aFile(lines: string[], header = HEADER): string {
  const file = path.join(folder, 'history.csv')
  writeFileSync(file, [header, ...lines].join('\n'))
  return file
}

export async function take(file: string, names: Names = {}) {
  const rejects: string[] = []
  const onReject = (line: number, reason: string) => rejects.push(`${line} ${reason}`)
  const totals = await takeHistory(server.server, { file, names, onReject, onProgress: () => {} })
  return { ...totals, rejects }
}

export const purchases = () => server.db.select().from(purchasesTable).orderBy(asc(purchasesTable.receiptNo))

/** Purchases of a few members over years, by a fixed recipe. */
export const manyRows = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const on = `20${String(10 + Math.floor((index / count) * 15)).padStart(2, '0')}-0${1 + (index % 9)}-1${index % 10}`
    return `M${index % 37},R${String(index).padStart(6, '0')},${on},${1 + (index % 3)},${index % 200}.${String(index % 100).padStart(2, '0')}`
  }).sort((a, b) => a.split(',')[2]!.localeCompare(b.split(',')[2]!))
