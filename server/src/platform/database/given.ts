type Given<Columns> = { [Column in keyof Columns]?: Exclude<Columns[Column], undefined> }

/** Of the listed columns those that have a value: what an UPDATE writes. */
export const given = <Columns extends object>(columns: Columns): Given<Columns> =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Given<Columns>
