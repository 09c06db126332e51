import { randomBytes } from 'node:crypto'
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import type { Migration } from './migration-files.ts'
import { variables } from './session.ts'
import { UnusableDatabase } from './unusable.ts'

const OURS = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

// The first table lists finished migrations, as drizzle does. The second has the progress of each.
const TABLES = [
  `CREATE TABLE IF NOT EXISTS __drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint) ${OURS}`,
  `CREATE TABLE IF NOT EXISTS migration_steps (migration bigint NOT NULL, begun int NOT NULL, done int NOT NULL, holder varchar(40) NOT NULL, node varchar(300) NOT NULL, PRIMARY KEY (migration)) ${OURS}`,
]

const TAKE_UP = 'INSERT INTO migration_steps (migration, begun, done, holder, node) VALUES (?, ?, 0, ?, ?)'
const TAKE_OVER =
  'UPDATE migration_steps SET begun = ?, holder = ?, node = ? WHERE migration = ? AND begun = ? AND done = ? AND holder = ?'
const PASS = 'UPDATE migration_steps SET done = ?, begun = GREATEST(begun, ?) WHERE migration = ? AND holder = ?'

export const RECORD_TABLES = ['__drizzle_migrations', 'migration_steps']

/** The progress of a migration: statements up to `done` were carried out; those after it up to `begun` may have been. */
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

/** The migrations of a database, finished or begun. None when there is no record yet. */
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

/** Writes to the record, as long as no other server has taken it over. */
export interface MigrationRecord {
  /** Returns once no server on another node makes progress. */
  awaitOthers(patienceMs: number): Promise<void>
  /** Starts or resumes a migration. Returns its progress. */
  take(migration: Migration): Promise<Progress>
  /** The statements up to this one were carried out; the next one begins. */
  pass(migration: Migration, done: number): Promise<void>
  finish(migration: Migration): Promise<void>
}

/** The record is written under the lock of the node of `connection`; nodes are distinguished by their variables. */
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
      // The previous owner of the record on this node is dead, because we have the lock.
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
      const recordedStep = steps.find((step) => Number(step.migration) === migration.when)
      // Servers of versions without this record left no trace of begun migrations.
      const before = recordedStep ?? { begun: steps.length === 0 ? migration.statements.length : 0, done: 0 }
      const begun = Math.max(before.begun, Math.min(before.done + 1, migration.statements.length))
      await (recordedStep
        ? write(TAKE_OVER, [
            begun,
            holder,
            node,
            migration.when,
            recordedStep.begun,
            recordedStep.done,
            recordedStep.holder,
          ])
        : write(TAKE_UP, [migration.when, begun, holder, node]))
      return before
    },
    pass: ({ when, statements }, done) => write(PASS, [done, Math.min(done + 1, statements.length), when, holder]),
    finish: async ({ when, hash }) => {
      await connection.query('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)', [hash, when])
    },
  }
}

/** Two servers wrote the record at once: one of them continues. */
export const overtaken = () =>
  new UnusableDatabase([
    'Another server is bringing the database up to date: start this one again when that one serves.',
  ])
