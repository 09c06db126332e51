import type { Change, Touch } from './move.ts'
import { type BookTable, type Key, keyText, type Row, type RowsOf, type Table, type TableRows } from './table.ts'
import type { View } from './view.ts'

/** The rows that changes write to a table. */
export const rowsIn = <R extends Row>(changes: readonly Change[], table: Table<R>): R[] =>
  changes.filter((change) => change.table.name === table.name).map(({ row }) => row as R)

/** The view of a move after some of its own changes. */
export function viewAfter(view: View, changes: readonly Change[]): View {
  return {
    get: (table, ...key) =>
      rowsIn(changes, table).findLast((row) => keyText(table.keyOf(row)) === keyText(key)) ?? view.get(table, ...key),
    range: (table, first) => {
      const own = rowsIn(changes, table).filter((row) => table.keyOf(row)[0] === first)
      return [...new Map([...view.range(table, first), ...own].map((row) => [keyText(table.keyOf(row)), row])).values()]
    },
  }
}

/** The rows of one batch: loaded once, changed in memory by each move in turn, written at the end. */
export interface BatchRows {
  load(table: BookTable, rows: readonly Row[]): void
  /** The rows as one move may read and change them. */
  forMove(touches: readonly Touch[]): MoveRows
  /** Tables with something to write, in their fixed order. */
  written(): TableRows[]
  of: RowsOf
}

export interface MoveRows {
  view: View
  /** Makes the move's changes; throws, with none of them made, when one is of a row that the move may not change so. */
  apply(changes: readonly Change[]): void
}

export function newBatchRows(): BatchRows {
  const rowsByTable = new Map<string, TableRows>()

  const of = <R extends Row>(table: Table<R>): TableRows<R> => {
    let tableRows = rowsByTable.get(table.name)
    if (!tableRows) {
      tableRows = { table, rows: new Map(), byFirst: new Map(), changed: new Map(), added: new Map(), appended: [] }
      rowsByTable.set(table.name, tableRows)
    }
    // All rows of a table are read through this.
    return tableRows as TableRows<R>
  }

  const set = (into: TableRows, key: Key, text: string, row: Row) => {
    into.rows.set(text, row)
    const siblings = into.byFirst.get(key[0])
    if (siblings) siblings.add(text)
    else into.byFirst.set(key[0], new Set([text]))
  }

  const make = ({ table, row }: Change) => {
    const into = of(table)
    if (table.append) {
      into.appended.push(row)
      return
    }
    const key = table.keyOf(row)
    const text = keyText(key)
    const isNew = into.added.has(text) || !into.rows.has(text)
    set(into, key, text, row)
    if (isNew) into.added.set(text, row)
    else into.changed.set(text, row)
  }

  return {
    load: (table, rows) => {
      const into = of(table)
      for (const row of rows) {
        const key = table.keyOf(row)
        set(into, key, keyText(key), row)
      }
    },
    forMove: (touches) => {
      const declared = new Set(touches.map(markOf))
      return {
        view: viewOf(declared, of),
        apply: (changes) => {
          requireFitting(changes, declared, of)
          changes.forEach(make)
        },
      }
    },
    written: () =>
      [...rowsByTable.values()]
        .filter(({ changed, added, appended }) => changed.size + added.size + appended.length > 0)
        .sort((a, b) => a.table.order - b.table.order),
    of,
  }
}

const rowMark = (table: Table, text: string) => `${table.name} ${text}`
const rangeMark = (table: Table, first: unknown) => `${table.name} *${first}`

const markOf = (touch: Touch): string =>
  'key' in touch ? rowMark(touch.table, keyText(touch.key)) : rangeMark(touch.table, touch.range)

function viewOf(declared: ReadonlySet<string>, of: RowsOf): View {
  const demand = (mark: string) => {
    // Otherwise a row that is loaded for another move of the same batch would hide a missing declaration.
    if (!declared.has(mark)) throw new Error(`a move reads ${mark}, which it does not declare in touches`)
  }
  return {
    get: (table, ...key) => {
      const text = keyText(key)
      demand(rowMark(table, text))
      return of(table).rows.get(text)
    },
    range: (table, first) => {
      demand(rangeMark(table, first))
      const { rows, byFirst } = of(table)
      return [...(byFirst.get(first) ?? [])].map((text) => rows.get(text)!)
    },
  }
}

/** Throws unless what is put is declared and there, and what is added is not there. What a move adds it may put as well. */
function requireFitting(changes: readonly Change[], declared: ReadonlySet<string>, of: RowsOf) {
  const added = new Set<string>()
  for (const { how, table, row } of changes) {
    if (how === 'log') continue
    const key = table.keyOf(row)
    const text = keyText(key)
    const mark = rowMark(table, text)
    const isThere = added.has(mark) || of(table).rows.has(text)
    if (how === 'add') {
      if (isThere) throw new Error(`a move adds ${mark}, which is there already`)
      added.add(mark)
      continue
    }
    if (!added.has(mark) && !declared.has(mark) && !declared.has(rangeMark(table, key[0])))
      throw new Error(`a move puts ${mark}, which it does not declare in touches`)
    if (!isThere) throw new Error(`a move puts ${mark}, which is not there: it is to be added`)
  }
}
