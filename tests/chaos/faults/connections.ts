import { setTimeout as sleep } from 'node:timers/promises'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { type Fault, forSeconds } from './fault.ts'

const PAUSE_MS = 200

export const killConnections: Fault = {
  title: 'kill single connections',
  async make({ databaseUrl }, seconds) {
    const connection = await mysql.createConnection({ uri: databaseUrl })
    const times = await forSeconds(seconds, async () => {
      await sleep(PAUSE_MS)
      const [rows] = await connection.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY RAND() LIMIT 1',
      )
      // It may have gone by itself meanwhile.
      if (rows[0]) await connection.query('KILL ?', [rows[0].id]).catch(() => {})
    })
    await connection.end()
    return times
  },
}
