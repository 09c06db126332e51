import type { Clients } from './clients.ts'
import type { Verdict } from './judge.ts'

/** The result for a shop with `times` faults, or the reason why this machine cannot make the fault. */
export type Tried = ({ times: number; troubles: Clients['troubles'] } & Verdict) | { omitted: string }

export type Row = { fault: string } & Tried

export function wrongsOf(row: Row): string[] {
  if ('omitted' in row) return []
  const { lost, doubled, faults } = row
  return [...faults, ...lost.map((mark) => `lost: ${mark}`), ...doubled.map((mark) => `doubled: ${mark}`)]
}

export function print(row: Row) {
  if ('omitted' in row) return console.log(`– ${row.fault}: not made here, ${row.omitted}`)
  const { fault, times, acknowledged, left, lost, doubled, troubles } = row
  const wrongs = wrongsOf(row)
  console.log(
    `${wrongs.length > 0 ? '✗' : '✓'} ${fault}, ${times} times: acknowledged ${acknowledged}, left ${left}, lost ${lost.length}, doubled ${doubled.length} ` +
      `(without an answer ${troubles.lost}, told to come again ${troubles.busy}, failed ${troubles.failed})`,
  )
  for (const wrong of wrongs.slice(0, 20)) console.log(`    ${wrong}`)
}
