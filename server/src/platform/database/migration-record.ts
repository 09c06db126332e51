import { randomBytes } from 'node:crypto'
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import type { Migration } from './migration-files.ts'
import { variables } from './session.ts'
import { UnusableDatabase } from './unusable.ts'

const OURS = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

// The first names what is finished, as drizzle has always done. The second says how far each has got.
const TABLES = [
  `CREATE TABLE IF NOT EXISTS __drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint) ${OURS}`,
  `CREATE TABLE IF NOT EXISTS migration_steps (migration bigint NOT NULL, begun int NOT NULL, done int NOT NULL, holder varchar(40) NOT NULL, node varchar(300) NOT NULL, PRIMARY KEY (migration)) ${OURS}`,
]

const TAKE_UP = 'INSERT INTO migration_steps (migration, begun, done, holder, node) VALUES (?, ?, 0, ?, ?)'
const TAKE_OVER =
  'UPDATE migration_steps SET begun = ?, holder = ?, node = ? WHERE migration = ? AND begun = ? AND done = ? AND holder = ?'
const PASS = 'UPDATE migration_steps SET done = ?, begun = GREATEST(begun, ?) WHERE migration = ? AND holder = ?'

/** How far a migration has got: its statements up to `done` were carried out, those after it up to `begun` perhaps. */
export interface Progress {
  begun: number
  done: number
}

interface Step extends Progress {
  migration: number
  holder: string
  node: string
}

export async function makeRecord(connection: Connection): Promise<void> {
  for (const table of TABLES) await connection.query(table)
}

/** The migrations that a database has had, and those of them that were only begun. None where there is no record yet. */
export async function readRecord(connection: Connection): Promise<{ finished: number[]; begun: number[] }> {
  const finished = await readUnlessMissing(connection, 'SELECT created_at AS migration FROM __drizzle_migrations')
  const begun = await readUnlessMissing(connection, 'SELECT migration FROM migration_steps')
  return { finished, begun: begun.filter((migration) => !finished.includes(migration)) }
}

async function readUnlessMissing(connection: Connection, select: string): Promise<number[]> {
  try {
    const [rows] = await connection.query<RowDataPacket[]>(select)
    return rows.map(({ migration }) => Number(migration))
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_NO_SUCH_TABLE') return []
    throw error
  }
}

/** What one server may write into the record, as long as no other has taken it over. */
export interface MigrationRecord {
  /** Returns once nobody on another node is seen to go on. */
  awaitOthers(patienceMs: number): Promise<void>
  /** Takes a migration up. Returns how far it had got. */
  take(migration: Migration): Promise<Progress>
  /** The statements up to this one were carried out, and the next one is about to be. */
  pass(migration: Migration, done: number): Promise<void>
  finish(migration: Migration): Promise<void>
}

/** The record is written under the lock of the node that `connection` leads to; nodes are kept apart by what they show. */
export async function openRecord(connection: Connection): Promise<MigrationRecord> {
  const holder = randomBytes(16).toString('hex')
  const shown = await variables(connection, 'GLOBAL', ['hostname', 'port', 'server_uuid', 'wsrep_node_name'])
  const node = Object.values(shown).join(' ').slice(0, 300)

  async function latest(): Promise<Step | undefined> {
    const [rows] = await connection.query('SELECT * FROM migration_steps ORDER BY migration DESC LIMIT 1')
    return (rows as Step[])[0]
  }

  async function write(sql: string, values: (string | number)[]) {
    const [{ affectedRows }] = await connection.query<ResultSetHeader>(sql, values)
    if (affectedRows !== 1) throw overtaken()
  }

  return {
    awaitOthers: async (patienceMs) => {
      let seen = await latest()
      // Whoever held the record over this node is gone, as the lock is ours.
      while (seen && seen.node !== node) {
        await new Promise((resolve) => setTimeout(resolve, patienceMs))
        const now = await latest()
        if (JSON.stringify(now) === JSON.stringify(seen)) return
        seen = now
      }
    },
    take: async (migration) => {
      const [rows] = await connection.query('SELECT * FROM migration_steps')
      const steps = rows as Step[]
      const found = steps.find((step) => Number(step.migration) === migration.when)
      // What the servers before this record was kept have begun, they have left no trace of.
      const before = found ?? { begun: steps.length === 0 ? migration.statements.length : 0, done: 0 }
      const begun = Math.max(before.begun, Math.min(before.done + 1, migration.statements.length))
      await (found
        ? write(TAKE_OVER, [begun, holder, node, migration.when, found.begun, found.done, found.holder])
        : write(TAKE_UP, [migration.when, begun, holder, node]))
      return before
    },
    pass: ({ when, statements }, done) => write(PASS, [done, Math.min(done + 1, statements.length), when, holder]),
    finish: async ({ when, hash }) => {
      await connection.query('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)', [hash, when])
    },
  }
}

/** Two servers met over the record: one of them goes on. */
export const overtaken = () =>
  new UnusableDatabase([
    'Another server is bringing the database up to date: start this one again when that one serves.',
  ])
