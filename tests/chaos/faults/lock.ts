import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import type { Stage } from '../stage.ts'
import { type Fault, forSeconds } from './fault.ts'

/** Longer than all tries of a batch together. */
const HELD_MS = 7_000

export const lockRows: Fault = {
  title: 'lock rows from outside for 7 s',
  make: (stage, seconds) =>
    forSeconds(seconds, async () => {
      await sleep(2_000)
      await holdRows(stage, HELD_MS)
      await sleep(1_000)
    }),
}

/** Locks the item that all clients redeem, and a member's account. */
export async function holdRows({ databaseUrl, shop }: Stage, heldMs: number) {
  const connection = await mysql.createConnection({ uri: databaseUrl })
  await connection.beginTransaction()
  await connection.query('SELECT * FROM mall_stock WHERE item_id = ? FOR UPDATE', [shop.hotItemId])
  await connection.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [shop.firstMember])
  await sleep(heldMs)
  await connection.end()
}
