import { createHash, type Hash } from 'node:crypto'
import {
  BackupFault,
  type Contents,
  type FileHeading,
  type Header,
  type TableHeading,
  type Trailer,
  type Value,
} from './format.ts'
import { ALTERED, TRUNCATED } from './frames.ts'
import { headerIn, isFile, isTable } from './headings.ts'

/** What is done with a backup while it is read. */
export interface Sink {
  header?(header: Header): Promise<void>
  table?(heading: TableHeading): Promise<void>
  /** Some rows of the last table. */
  rows?(rows: Value[][]): Promise<void>
  file?(heading: FileHeading): Promise<void>
  /** A part of the content of the last file. */
  content?(bytes: Buffer): Promise<void>
}

const ROWS_AT_ONCE = 2_000
const TEXT_AT_ONCE = 1_048_576

/** Takes the lines in order, and checks them against header and trailer. */
export function newReader(sink: Sink) {
  const all = createHash('sha256')
  const tables: Trailer['tables'] = {}
  const files = { count: 0, bytes: 0 }
  let header: Header | null = null
  let trailer: Trailer | null = null
  let table: { name: string; hash: Hash; rows: number } | null = null
  let rows: Value[][] = []
  let waiting = 0
  let missing = 0

  async function passRows() {
    if (rows.length > 0) await sink.rows?.(rows)
    rows = []
    waiting = 0
  }

  /** Ends the table or the file under way. */
  async function endPart() {
    await passRows()
    if (table) tables[table.name] = { rows: table.rows, sha256: table.hash.digest('hex') }
    table = null
    if (missing > 0) throw new BackupFault(ALTERED)
  }

  async function takeRow(row: Value[], line: string) {
    if (!table) throw new BackupFault(ALTERED)
    table.hash.update(`${line}\n`)
    table.rows++
    if (!sink.rows) return
    rows.push(row)
    waiting += line.length
    if (rows.length >= ROWS_AT_ONCE || waiting >= TEXT_AT_ONCE) await passRows()
  }

  async function takeContent(bytes: Buffer) {
    missing -= bytes.length
    if (missing < 0) throw new BackupFault(ALTERED)
    await sink.content?.(bytes)
  }

  async function takeHeading(heading: object) {
    if (!header) {
      header = headerIn(heading)
      return sink.header?.(header)
    }
    await endPart()
    if ('end' in heading) {
      trailer = heading as Trailer
    } else if (isTable(heading)) {
      table = { name: heading.table, hash: createHash('sha256'), rows: 0 }
      await sink.table?.(heading)
    } else if (isFile(heading)) {
      files.count++
      files.bytes += heading.bytes
      missing = heading.bytes
      await sink.file?.(heading)
    } else throw new BackupFault(ALTERED)
  }

  return {
    async take(line: string) {
      if (trailer) throw new BackupFault(ALTERED)
      const value = parsed(line)
      if (value.end === undefined) all.update(`${line}\n`)
      if (Array.isArray(value)) return takeRow(value, line)
      if (typeof value === 'string') return takeContent(Buffer.from(value, 'base64'))
      return takeHeading(value)
    },

    end(): Contents {
      if (!header || !trailer) throw new BackupFault(TRUNCATED)
      const counted: Trailer = { end: true, tables, files, sha256: all.digest('hex') }
      const rowsOf = Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows]))
      if (JSON.stringify(counted) !== JSON.stringify(trailer)) throw new BackupFault(ALTERED)
      if (JSON.stringify(rowsOf) !== JSON.stringify(header.tables)) throw new BackupFault(ALTERED)
      return { header, trailer }
    },
  }
}

function parsed(line: string) {
  try {
    const value = JSON.parse(line)
    if (value !== null && ['object', 'string'].includes(typeof value)) return value
  } catch {
    // It is no JSON.
  }
  throw new BackupFault(ALTERED)
}
