/** The faults of a database on which a server must not or cannot start: one sentence each, with the remedy. */
export class UnusableDatabase extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'UnusableDatabase'
    this.faults = faults
  }
}
