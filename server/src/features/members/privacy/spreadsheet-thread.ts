import { parentPort, workerData } from 'node:worker_threads'
import writeSpreadsheet, { type Sheet } from 'write-excel-file/node'
import type { Sheet as Data } from './spreadsheet.ts'

// A thread of its own: a spreadsheet of 20,000 rows takes a second, and a till must never wait for it.

/** Excel refuses a file with a longer text. */
const LONGEST_TEXT = 32_767
/** Widths in characters; a Chinese character counts twice. */
const NARROWEST = 12
const WIDEST = 60

const sheetOf = ({ title, columns, rows }: Data): Sheet<Buffer> => ({
  sheet: title,
  stickyRowsCount: 1,
  columns: columns.map((name, index) => ({ width: widthOf([name, ...rows.slice(0, 50).map((row) => row[index])]) })),
  data: [
    columns.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.slice(0, LONGEST_TEXT) : cell))),
  ],
})

function widthOf(cells: unknown[]): number {
  const lengths = cells.map((cell) => [...String(cell ?? '')].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 2))
  return Math.min(WIDEST, Math.max(NARROWEST, ...lengths))
}

parentPort!.postMessage(await writeSpreadsheet((workerData as Data[]).map(sheetOf)).toBuffer())
