import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { type Fault, forSeconds } from './fault.ts'

/** Longer than all tries of a batch together. */
const HELD_MS = 7_000

export const lockRow: Fault = {
  title: 'lock rows from outside for 7 s',
  async make({ databaseUrl, shop }, seconds) {
    const connection = await mysql.createConnection({ uri: databaseUrl })
    const times = await forSeconds(seconds, async () => {
      await sleep(2_000)
      await connection.beginTransaction()
      await connection.query('SELECT * FROM mall_stock WHERE item_id = ? FOR UPDATE', [shop.hotItemId])
      await connection.query('SELECT * FROM points_accounts WHERE member_id = ? FOR UPDATE', [shop.firstMember])
      await sleep(HELD_MS)
      await connection.rollback()
      await sleep(1_000)
    })
    await connection.end()
    return times
  },
}
