import { type Cell, csvText } from './csv-text.ts'
import { saveFile } from './save-file.ts'

/** Gives the browser a CSV file to keep. */
export const saveCsv = (name: string, rows: readonly (readonly Cell[])[]) =>
  saveFile(`${name}.csv`, new Blob([csvText(rows)], { type: 'text/csv' }))
