import path from 'node:path'
import { Worker } from 'node:worker_threads'
import pLimit from 'p-limit'
import type { Cell } from '../directory/personal-part.ts'

export interface Sheet {
  title: string
  columns: readonly string[]
  rows: Cell[][]
}

const oneAtATime = pLimit(1)

/** The sheets as an XLSX file, made in a thread of its own, one file at a time. */
export const spreadsheetOf = (sheets: readonly Sheet[]): Promise<Uint8Array> =>
  oneAtATime(
    () =>
      new Promise((resolve, reject) => {
        // The thread's program is beside this file, both in the sources and in the built server.
        const program = new URL(`./spreadsheet-thread${path.extname(import.meta.url)}`, import.meta.url)
        const thread = new Worker(program, { workerData: sheets })
        thread.on('message', resolve)
        thread.on('error', reject)
      }),
  )
