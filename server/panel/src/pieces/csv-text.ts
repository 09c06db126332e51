export type Cell = string | number

/** Text that a spreadsheet would evaluate as a formula, except plain figures such as `-5%`. */
const isFormula = (text: string): boolean =>
  /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) && !/^[-+]?(\d{1,11}|\d{1,3}(,\d{3})+)(\.\d+)?%?$/.test(text)

/** Text that a spreadsheet would read as a number and change: long numbers, leading zeros, `1E5`. */
const isFragile = (text: string): boolean => /^(\d{12,}|0\d+|\d+(\.\d+)?E[-+]?\d+)$/i.test(text)

const guarded = (text: string): string => (isFormula(text) || isFragile(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const written = (cell: Cell): string => (typeof cell === 'number' ? String(cell) : quoted(guarded(cell)))

/** Rows in the form that Excel reads, with a UTF-8 byte order mark. An apostrophe marks text. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`
