// Opens the database of a folder, prints its address, and keeps it until it is stopped or killed.

import { stopAll } from '@pointbook/config/bootstrap/children'
import { openDatabase } from '@pointbook/config/bootstrap/database'

const [folder = ''] = process.argv.slice(2)
const { url } = await openDatabase({ folder, durable: true, note: () => {} })
process.on('SIGTERM', () => stopAll().then(() => process.exit()))
console.log(url)
