import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import type { TableHeading, Value } from './format.ts'
import type { Sink } from './reader.ts'

/** Writes rows into existing tables and pictures into a folder; a picture that is there already is replaced. */
export function loaderInto(connection: Connection, folder: string | null, progress: (rows: number) => void): Sink {
  let heading: TableHeading
  let done = 0
  const files = folder === null ? {} : filesInto(folder)
  return {
    ...files,
    table: async (next) => {
      heading = next
      // Migrations may have put rows there.
      await connection.query('DELETE FROM ??', [heading.table])
      if (heading.next !== null)
        await connection.query(`ALTER TABLE ?? AUTO_INCREMENT = ${BigInt(heading.next)}`, [heading.table])
    },
    rows: async (rows) => {
      const { table, columns } = heading
      await connection.query('INSERT INTO ?? (??) VALUES ?', [table, columns, withBytes(heading, rows)])
      done += rows.length
      progress(done)
    },
  }
}

function withBytes({ columns, binary }: TableHeading, rows: Value[][]): unknown[][] {
  if (binary.length === 0) return rows
  const isBinary = columns.map((column) => binary.includes(column))
  return rows.map((row) =>
    row.map((value, index) => (isBinary[index] && value !== null ? Buffer.from(String(value), 'base64') : value)),
  )
}

/** A picture gets its name when it is complete. */
function filesInto(folder: string): Sink {
  let target = ''
  let file: FileHandle | null = null
  let left = 0

  async function endIfWhole() {
    if (left > 0 || !file) return
    await file.close()
    file = null
    await rename(join(folder, `.${target}`), join(folder, target))
  }

  return {
    file: async (heading) => {
      target = heading.file
      left = heading.bytes
      file = await open(join(folder, `.${target}`), 'w')
      await endIfWhole()
    },
    content: async (bytes) => {
      await file!.write(bytes)
      left -= bytes.length
      await endIfWhole()
    },
  }
}
