import { readEnv } from '@pointbook/config/env'
import { group } from '@pointbook/shared/money'
import { auditCommand } from './features/points/audit/command.ts'
import { auditParts } from './features.ts'

// npm run ledger:audit: audits the books of the database that DATABASE_URL names. Exit code 1 when they do not add up.

const { isTTY } = process.stderr
const clearLine = () => isTTY && process.stderr.write('\r\x1b[K')
const above = (print: (line: string) => void) => (line: string) => {
  clearLine()
  print(line)
}

process.exitCode = await auditCommand(readEnv(process.env), auditParts, {
  say: above(console.log),
  complain: above(console.error),
  onProgress: ({ members, entries }) => {
    if (isTTY) process.stderr.write(`\r${group(members)} members, ${group(entries)} entries`)
  },
})
