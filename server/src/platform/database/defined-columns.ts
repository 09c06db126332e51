type DefinedColumns<Columns> = { [Column in keyof Columns]?: Exclude<Columns[Column], undefined> }

/** The listed columns that have a value, for an UPDATE. */
export const definedColumns = <Columns extends object>(columns: Columns): DefinedColumns<Columns> =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as DefinedColumns<Columns>
