import { type Cell, csvText } from './csv-text.ts'

/** Gives the browser a file to keep. */
export function saveCsv(name: string, rows: readonly (readonly Cell[])[]) {
  const url = URL.createObjectURL(new Blob([csvText(rows)], { type: 'text/csv' }))
  Object.assign(document.createElement('a'), { href: url, download: `${name}.csv` }).click()
  URL.revokeObjectURL(url)
}
