import { cleanDigits } from '@pointbook/shared/digits'

export interface MemberNumbers {
  numbers: string[]
  /** Text that is not a member number, as it was typed. */
  unread: string[]
  /** How many cells stand in the other columns of a table, which are not read. */
  aside: number
}

const MEMBER_NO = /^\d{8,15}$/
/** Separators of numbers, and of the cells of a row. */
const BETWEEN = /[\s,，;；、]+/
const CELL_ENDS = /[\t,，;；]/

/**
 * Member numbers as a merchant has them: a list with blanks, commas, 、 or line breaks between, or a table pasted from a spreadsheet,
 * of which the first column counts.
 */
export function memberNumbers(text: string): MemberNumbers {
  const rows = rowsOf(text)
  if (isTable(text, rows)) return { ...sorted(rows.map(([first]) => first!)), aside: cellsAside(rows) }
  return { ...sorted(rows.flat().flatMap((cell) => cell.split(BETWEEN))), aside: 0 }
}

/** The first column of a file, one cell a line. */
export function firstColumn(text: string): { numbers: string; aside: number } {
  const rows = rowsOf(text)
  return { numbers: rows.map(([first]) => first).join('\n'), aside: cellsAside(rows) }
}

const rowsOf = (text: string): string[][] =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .filter((line) => line.trim() !== '')
    .map((line) => cellsOf(line).map(bareCell))

/** A mark between two cells is none within quotes. */
const cellsOf = (line: string): string[] =>
  line.replace(/"[^"]*"/g, (quoted) => quoted.replace(/[\t,，;；]/g, ' ')).split(CELL_ENDS)

const bareCell = (cell: string): string => cell.replace(/^[\s\ufeff"']+|["'\s]+$/g, '')

/** Rows with tabs, with a heading, or several of the same number of cells: numbers in their other columns are amounts or phones. */
function isTable(text: string, rows: readonly string[][]): boolean {
  const [heading = []] = rows
  const hasHeading = heading.length > 1 && !heading.some(isNumber)
  const widths = new Set(rows.map((cells) => cells.length))
  const isEven = widths.size === 1 && !widths.has(1)
  return /\S *\t *\S/.test(text) || (rows.length > 1 && (hasHeading || isEven))
}

const isNumber = (cell: string) => MEMBER_NO.test(cleanDigits(cell))

const cellsAside = (rows: readonly string[][]): number =>
  rows.flatMap(([_first, ...others]) => others).filter((cell) => cell !== '').length

function sorted(cells: readonly string[]): Pick<MemberNumbers, 'numbers' | 'unread'> {
  const numbers = new Set<string>()
  const unread = new Set<string>()
  for (const cell of cells) {
    const digits = cleanDigits(cell)
    if (MEMBER_NO.test(digits)) numbers.add(digits)
    else if (digits !== '') unread.add(cell.trim())
  }
  return { numbers: [...numbers], unread: [...unread] }
}
