import { group } from '@pointbook/shared/money'
import { inSnapshot } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { type LawId, laws } from '../directory/laws.ts'
import type { Cell, Fate, PersonalPart, Section } from '../directory/personal-part.ts'
import { subjectOf } from './leaving.ts'
import type { Sheet } from './spreadsheet.ts'

const SHOWN = 20
const AT_ONCE = 2_000

const lawOf = (fate: Fate): LawId | null => (fate.does === 'erase' ? null : fate.law)

/** The sections that have rows: the newest rows of each, and what leaving does with it. */
export async function readOverview(server: Server, memberId: number, parts: readonly PersonalPart[]) {
  const subject = await subjectOf(server, memberId)
  const fates = parts.flatMap(({ leaving }) => leaving)
  const sections = await inSnapshot(server.db, async (db) => {
    const shown = []
    for (const section of parts.flatMap((part) => part.sections)) {
      const rows = await firstRows(section.pages({ server, db }, subject, SHOWN + 1))
      const fate = fates.find(({ table }) => table === section.of)!
      if (rows.length > 0) shown.push(sectionView(section, rows, fate))
    }
    return shown
  })
  const lawIds = new Set(fates.flatMap((fate) => lawOf(fate) ?? []))
  return { sections, kept: [...lawIds].map((id) => laws[id]).map(({ name, why, until }) => ({ name, why, until })) }
}

async function firstRows(pages: AsyncIterable<Cell[][]>): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length > SHOWN) break
  }
  return rows
}

function sectionView({ title, columns }: Section, rows: Cell[][], fate: Fate) {
  const law = lawOf(fate)
  return {
    title,
    columns: [...columns],
    rows: rows.slice(0, SHOWN).map((row) => row.map(cellText)),
    more: rows.length > SHOWN,
    onLeaving: fate.does,
    law: law ? laws[law].name : '',
  }
}

const cellText = (cell: Cell): string => (typeof cell === 'number' ? numberText(cell) : (cell ?? ''))

const numberText = (value: number): string => (Number.isInteger(value) ? group(value) : value.toFixed(2))

/** Every row of every section that has any. */
export async function readEverything(
  server: Server,
  memberId: number,
  parts: readonly PersonalPart[],
): Promise<Sheet[]> {
  const subject = await subjectOf(server, memberId)
  return inSnapshot(server.db, async (db) => {
    const sheets: Sheet[] = []
    for (const section of parts.flatMap((part) => part.sections)) {
      const rows: Cell[][] = []
      for await (const page of section.pages({ server, db }, subject, AT_ONCE)) rows.push(...page)
      if (rows.length > 0) sheets.push({ title: section.title, columns: section.columns, rows })
    }
    return sheets
  })
}
