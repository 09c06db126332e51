/** What is wrong with a database that a server must not or cannot start on: one sentence each, with what to do. */
export class UnusableDatabase extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'UnusableDatabase'
    this.faults = faults
  }
}
