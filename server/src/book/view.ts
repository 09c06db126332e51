import type { Change, Key, Touch } from './move.ts'
import { type BookTable, keyText, type Row } from './table.ts'

/** What a move sees: the rows it declared to touch, as the moves before it in the batch have left them. */
export interface View {
  get<R extends Row>(table: BookTable<R>, ...key: (string | number)[]): R | undefined
  range<R extends Row>(table: BookTable<R>, first: number): R[]
}

/** The rows that changes write to a table. */
export const rowsIn = <R extends Row>(changes: readonly Change[], table: BookTable<R>): R[] =>
  changes.filter((change) => change.table.name === table.name).map(({ row }) => row as R)

/** What a move sees once some of its own changes are made. */
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

interface TableRows<R extends Row = Row> {
  table: BookTable<R>
  rows: Map<string, R>
  /** Keys by their first column, for range reads. */
  byFirst: Map<unknown, Set<string>>
  /** Rows to be replaced, and rows to be added. */
  changed: Map<string, R>
  added: Map<string, R>
  appended: R[]
}

/** The rows of one batch: loaded once, changed in memory by each move in turn, written at the end. */
export interface BatchRows {
  load(table: BookTable, rows: readonly Row[]): void
  viewFor(touches: readonly Touch[]): View
  apply(changes: readonly Change[]): void
  /** Tables with something to write, in their fixed order. */
  written(): TableRows[]
  /** What the batch holds of one table. */
  of<R extends Row>(table: BookTable<R>): TableRows<R>
}

export function newBatchRows(): BatchRows {
  const held = new Map<string, TableRows>()

  const of = <R extends Row>(table: BookTable<R>): TableRows<R> => {
    let found = held.get(table.name)
    if (!found) {
      found = { table, rows: new Map(), byFirst: new Map(), changed: new Map(), added: new Map(), appended: [] }
      held.set(table.name, found)
    }
    // Rows of a table come from it alone.
    return found as TableRows<R>
  }

  const set = (into: TableRows, key: Key, text: string, row: Row) => {
    into.rows.set(text, row)
    const siblings = into.byFirst.get(key[0])
    if (siblings) siblings.add(text)
    else into.byFirst.set(key[0], new Set([text]))
  }

  const apply = ({ table, row }: Change) => {
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
    viewFor: (touches) => viewOf(touches, of),
    apply: (changes) => changes.forEach(apply),
    written: () =>
      [...held.values()]
        .filter(({ changed, added, appended }) => changed.size + added.size + appended.length > 0)
        .sort((a, b) => a.table.order - b.table.order),
    of,
  }
}

function viewOf(touches: readonly Touch[], of: BatchRows['of']): View {
  const demand = (isDeclared: boolean, table: BookTable, what: string) => {
    // A row that happens to be loaded for another move of the batch would hide the mistake until the batch is a different one.
    if (!isDeclared) throw new Error(`a move reads ${table.name} ${what}, which it does not declare in touches`)
  }
  return {
    get: (table, ...key) => {
      const text = keyText(key)
      demand(
        touches.some((touch) => touch.table.name === table.name && 'key' in touch && keyText(touch.key) === text),
        table,
        text,
      )
      return of(table).rows.get(text)
    },
    range: (table, first) => {
      demand(
        touches.some((touch) => touch.table.name === table.name && 'range' in touch && touch.range === first),
        table,
        `*${first}`,
      )
      const { rows, byFirst } = of(table)
      return [...(byFirst.get(first) ?? [])].map((text) => rows.get(text)!)
    },
  }
}
