import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, launch, run } from '@pointbook/config/bootstrap/children'
import { socketPath } from '@pointbook/config/bootstrap/claim.mjs'
import { dataOf, prepareFolder, surroundings } from '@pointbook/config/bootstrap/database-folder'
import { requireDatabaseProgram } from '@pointbook/config/bootstrap/database-program'
import { installPackages } from '@pointbook/config/bootstrap/packages'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { freePort } from '../../support/free-port.ts'

/** One of three databases that commit together. */
export interface Node {
  url: string
  host: string
  kill(): Promise<void>
  /** Starts it after a crash, where it had stopped, and waits until it has caught up with the others. */
  startAgain(): Promise<void>
  /** Keeps it from hearing the others, and they it, without ending anything. */
  cutOff(): Promise<void>
}

interface Seat {
  folder: string
  port: number
  group: number
  increments: number
  whole: number
}

const PROVIDERS = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so']
const SYNCED_WITHIN_MS = 60_000

/** Three nodes on this machine; null where Galera is not available. */
export async function openCluster(folder: string): Promise<Node[] | null> {
  const provider = findProvider() ?? ((await installPackages([['galera-4', 'rsync']])) && findProvider())
  const scripts = provider && (await findScripts(folder))
  if (!provider || !scripts) return null
  const program = await requireDatabaseProgram(() => {})
  const seats = [await newSeat(folder, 'a'), await newSeat(folder, 'b'), await newSeat(folder, 'c')] as const
  const addresses = `gcomm://${seats.map(({ group }) => `127.0.0.1:${group}`).join(',')}`
  const password = randomBytes(24).toString('base64url')
  const nodes = seats.map((seat) =>
    newNode(seat, password, scripts, commandOf(program.server, provider, addresses, seat)),
  )
  const [first, ...others] = nodes as [Starting, Starting, Starting]
  for (const seat of seats) await prepareFolder(seat.folder, program)
  await first.start(['--wsrep-new-cluster', `--init-file=${await accountsIn(folder, password)}`])
  for (const other of others) await other.start()
  return nodes
}

/** The scripts by which a node gets the data of another. Their package is that of a whole service, so it is only unpacked here. */
async function findScripts(folder: string): Promise<string | null> {
  try {
    await run(['apt-get', 'download', 'mariadb-server'], { cwd: folder })
    await run(['sh', '-c', 'dpkg-deb -x mariadb-server_*.deb scripts'], { cwd: folder })
    const scripts = path.join(folder, 'scripts/usr/bin')
    // Started by root, rsync would drop its rights and could not write to root's folder.
    const keepRights = `s/^use chroot = no/&\\nuid = ${process.getuid!()}\\ngid = ${process.getgid!()}/`
    await run(['sed', '-i', keepRights, path.join(scripts, 'wsrep_sst_rsync')])
    return scripts
  } catch {
    return null
  }
}

async function accountsIn(folder: string, password: string): Promise<string> {
  const file = path.join(folder, 'accounts.sql')
  const user = "'pointbook'@'127.0.0.1'"
  await writeFile(file, `CREATE USER ${user} IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO ${user};\n`, {
    mode: 0o600,
  })
  return file
}

const findProvider = () => PROVIDERS.find((file) => existsSync(file))

async function newSeat(cluster: string, name: string): Promise<Seat> {
  const folder = path.join(cluster, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    folder,
    port: await freePort(),
    group: await freePort(),
    increments: await freePort(),
    whole: await freePort(),
  }
}

const commandOf = (server: string, provider: string, addresses: string, seat: Seat) => [
  server,
  '--no-defaults',
  `--datadir=${dataOf(seat.folder)}`,
  `--socket=${socketPath(seat.folder, 'database.sock')}`,
  '--bind-address=127.0.0.1',
  `--port=${seat.port}`,
  '--skip-name-resolve',
  '--skip-log-bin',
  '--performance-schema=OFF',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=256M',
  '--binlog-format=ROW',
  '--innodb-autoinc-lock-mode=2',
  '--wsrep-on=ON',
  `--wsrep-provider=${provider}`,
  `--wsrep-cluster-address=${addresses}`,
  `--wsrep-node-address=127.0.0.1:${seat.group}`,
  `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${seat.group};ist.recv_addr=127.0.0.1:${seat.increments}`,
  `--wsrep-sst-receive-address=127.0.0.1:${seat.whole}`,
  '--wsrep-sst-method=rsync',
  ...(process.getuid?.() === 0 ? ['--user=root'] : []),
]

interface Starting extends Node {
  start(more?: string[]): Promise<void>
}

function newNode({ folder, port }: Seat, password: string, scripts: string, command: string[]): Starting {
  const host = `127.0.0.1:${port}`
  const url = `mysql://pointbook:${password}@${host}/`
  const env = { ...surroundings(folder), PATH: `${scripts}:${process.env.PATH}` }
  let child: Child

  async function start(more: string[] = []) {
    const log = openSync(path.join(folder, 'database.log'), 'a')
    child = launch('node', [...command, ...more], { stdio: ['ignore', log, log], env })
    closeSync(log)
    await untilSynced(url)
  }

  return {
    url,
    host,
    start,
    kill: async () => {
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
    startAgain: async () => {
      const said = await run([...command, '--wsrep-recover'], { env })
      const [, position] = /Recovered position: (\S+)/.exec(said) ?? []
      await start([`--wsrep-start-position=${position}`])
    },
    cutOff: async () => {
      await ask(url, "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'")
    },
  }
}

async function untilSynced(url: string) {
  const deadline = performance.now() + SYNCED_WITHIN_MS
  while (performance.now() < deadline) {
    const rows = await ask(url, "SHOW STATUS LIKE 'wsrep_local_state_comment'").catch(() => [])
    if (rows[0]?.Value === 'Synced') return
    await sleep(200)
  }
  throw new Error('a node did not join its cluster')
}

async function ask(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 2_000 })
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0]
  } finally {
    connection.destroy()
  }
}
