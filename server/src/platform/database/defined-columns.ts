type DefinedColumns<Columns> = { [Column in keyof Columns]?: Exclude<Columns[Column], undefined> }

/** Of the listed columns those that have a value: what an UPDATE writes. */
export const definedColumns = <Columns extends object>(columns: Columns): DefinedColumns<Columns> =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as DefinedColumns<Columns>
