import { openDatabase } from '@pointbook/server/platform/database/pool'
import { expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'

it('moves on to the standby node when the first is gone, and stays there', async () => {
  const { url, drop } = await aDatabase()
  const address = new URL(url)
  const standby = address.host
  address.port = String(await freePort())
  const databases = openDatabase(`${address.href}?standby=${standby}`)
  await expect(databases.pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const [rows] = await databases.pool.query('SELECT 1 AS one')
  expect(rows).toEqual([{ one: 1 }])
  await expect(databases.bookPool.query('SELECT 1')).resolves.toBeDefined()
  await databases.close()
  await drop()
})
