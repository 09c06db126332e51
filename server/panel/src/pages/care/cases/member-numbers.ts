import { cleanDigits } from '@pointbook/shared/digits'

export interface MemberNumbers {
  numbers: string[]
  /** Text that is not a member number, as it was typed. */
  unread: string[]
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
  const lines = linesOf(text)
  return sorted(isTable(lines) ? lines.map(firstCell) : lines.flatMap((line) => line.split(BETWEEN)))
}

/** The first column of a file, one cell a line. */
export const firstColumn = (text: string): string => linesOf(text).map(firstCell).join('\n')

const linesOf = (text: string): string[] => text.split(/[\r\n\u2028\u2029]+/).filter((line) => line.trim() !== '')

/** Several rows of the same number of cells, or rows with tabs: numbers in their other columns are amounts or phones. */
function isTable(lines: readonly string[]): boolean {
  if (lines.some((line) => line.trim().includes('\t'))) return true
  const widths = new Set(lines.map((line) => line.split(CELL_ENDS).length))
  return lines.length > 1 && widths.size === 1 && !widths.has(1)
}

const firstCell = (line: string): string => (line.split(CELL_ENDS)[0] ?? '').replace(/^[\s\ufeff"']+|["'\s]+$/g, '')

function sorted(cells: readonly string[]): MemberNumbers {
  const found = new Set<string>()
  const unread = new Set<string>()
  for (const cell of cells) {
    const digits = cleanDigits(cell)
    if (MEMBER_NO.test(digits)) found.add(digits)
    else if (digits !== '') unread.add(cell.trim())
  }
  return { numbers: [...found], unread: [...unread] }
}
