import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { type Encoding, encodingFinder } from '@pointbook/shared/encoding'
import { CsvError, type Info, parse } from 'csv-parse'
import { columnsOf, type Names, NoHistory, type RawRow } from './rows.ts'

const ROWS_AT_ONCE = 2_000
// An unclosed quotation mark must not swallow the file.
const LONGEST_RECORD = 64 * 1024
const swallowing = new Set(['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED'])

/** A chunk of rows with their line numbers, and the number of bytes read so far. */
export interface Chunk {
  rows: { raw: RawRow; at: number }[]
  /** Lines that are no row of this table at all. */
  broken: { at: number; reason: string }[]
  readShare: number
}

/** Reads a CSV file of any size in chunks. Throws `NoHistory` for other files. */
export async function* readCsv(file: string, names: Names): AsyncGenerator<Chunk> {
  const size = await sizeOf(file)
  const encoding = await encodingOf(file)
  const source = createReadStream(file)
  let chunk: Chunk = { rows: [], broken: [], readShare: 0 }
  let hasHeader = false
  const parser = parse({
    bom: true,
    trim: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    columns: (header: string[]) => {
      hasHeader = true
      return columnsOf(header, names)
    },
    skip_records_with_error: true,
  })
  parser.on('skip', (error: CsvError) => {
    const at = error['lines'] as number
    if (swallowing.has(error.code)) parser.destroy(new NoHistory(`a quotation mark before line ${at} is never closed`))
    else chunk.broken.push({ at, reason: brokenReason(error) })
  })
  const text = Readable.from(decoded(source, encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: RawRow; info: Info }>) {
      chunk.rows.push({ raw: record, at: info.lines })
      if (chunk.rows.length + chunk.broken.length < ROWS_AT_ONCE) continue
      yield { ...chunk, readShare: source.bytesRead / size }
      chunk = { rows: [], broken: [], readShare: 0 }
    }
  } catch (error) {
    throw error instanceof CsvError ? new NoHistory(error.message) : error
  } finally {
    source.destroy()
  }
  if (!hasHeader) throw new NoHistory('there is nothing in it')
  yield { ...chunk, readShare: 1 }
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(() => null)
  if (!stats?.isFile()) throw new NoHistory(`there is no file ${file}`)
  return stats.size
}

/** Reads the file once before anything is written. Throws `NoHistory` when its encoding is unknown. */
async function encodingOf(file: string): Promise<Encoding> {
  const finder = encodingFinder()
  for await (const bytes of createReadStream(file)) finder.take(bytes)
  const encoding = finder.end()
  if (!encoding)
    throw new NoHistory('it is no text in UTF-8, GBK or UTF-16: save it as "CSV UTF-8" in the spreadsheet program')
  return encoding
}

async function* decoded(source: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const bytes of source) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

const brokenReason = ({ code, message }: CsvError): string =>
  code === 'CSV_RECORD_INCONSISTENT_COLUMNS' ? 'the number of fields is not that of the header' : message
