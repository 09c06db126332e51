export type Cell = string | number

/** Text that a spreadsheet would run as a formula, but for plain figures such as `-5%`. */
const isFormula = (text: string): boolean =>
  /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) && !/^[-+]?(\d{1,11}|\d{1,3}(,\d{3})+)(\.\d+)?%?$/.test(text)

/** Text that a spreadsheet would take for a number and rewrite: long numbers, leading zeros, `1E5`. */
const isFragile = (text: string): boolean => /^(\d{12,}|0\d+|\d+(\.\d+)?E[-+]?\d+)$/i.test(text)

const guarded = (text: string): string => (isFormula(text) || isFragile(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const written = (cell: Cell): string => (typeof cell === 'number' ? String(cell) : quoted(guarded(cell)))

/** Rows as Excel reads them; the mark at the beginning says that it is UTF-8. An apostrophe keeps a text a text. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`
