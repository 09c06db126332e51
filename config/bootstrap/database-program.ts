import { existsSync } from 'node:fs'
import path from 'node:path'
import { run } from './children.ts'
import { installPackages } from './packages.ts'
import { Trouble } from './step.mjs'

/** A database server found on this machine. */
export interface DatabaseProgram {
  flavour: 'MariaDB' | 'MySQL'
  version: string
  server: string
  /** MariaDB's script that makes the system tables; MySQL's server does that itself. */
  installer?: string
}

const usualFolders = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/local/mysql/bin',
  '/usr/local/opt/mariadb/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/bin',
]

// The -core packages bring the programs alone: no service of the system is set up, none is started.
const packages = [['mariadb-server-core', 'mariadb-client-core'], ['mysql-server-core-8.0'], ['mysql-server-core']]

const oldest = { MariaDB: [10, 11], MySQL: [8, 0] } as const

/** A usable server of this machine, installed if need be and possible; throws `Trouble` with the three ways on. */
export async function requireDatabaseProgram(note: (text: string) => void): Promise<DatabaseProgram> {
  const programPath = await findDatabaseProgram()
  if (programPath) return programPath
  const installed = await installPackages(packages)
  if (installed) note(`installed ${installed.join(', ')}`)
  const program = installed && (await findDatabaseProgram())
  if (program) return program
  throw new Trouble('There is no MariaDB (10.11 or later) or MySQL (8.0 or later) server on this machine.', {
    advice: `Any one of these brings it:
  - a package    sudo apt-get install mariadb-server-core mariadb-client-core    (macOS: brew install mariadb)
  - Docker       docker run -d -p 127.0.0.1:3307:3306 -e MARIADB_ROOT_PASSWORD=choose-one mariadb:10.11
                 DATABASE_URL=mysql://root:choose-one@127.0.0.1:3307/pointbook npm start
  - any server   DATABASE_URL=mysql://user:password@host:3306/pointbook npm start`,
  })
}

/** The first usable server in the given folders. */
export async function findDatabaseProgram(
  folders = [...(process.env['PATH'] ?? '').split(':'), ...usualFolders],
): Promise<DatabaseProgram | undefined> {
  const servers = folders.flatMap((folder) => ['mariadbd', 'mysqld'].map((name) => path.join(folder, name)))
  for (const server of servers.filter((file) => existsSync(file))) {
    const program = await describe(server, folders)
    if (program) return program
  }
}

async function describe(server: string, folders: string[]): Promise<DatabaseProgram | undefined> {
  const banner = await run([server, '--no-defaults', '--version']).catch(() => '')
  const [, version, major = '', minor = ''] = banner.match(/Ver ((\d+)\.(\d+)\.\d+)/) ?? []
  if (!version) return undefined
  const flavour = banner.includes('MariaDB') ? 'MariaDB' : 'MySQL'
  const [oldestMajor, oldestMinor] = oldest[flavour]
  if (+major < oldestMajor || (+major === oldestMajor && +minor < oldestMinor)) return undefined
  if (flavour === 'MySQL') return { flavour, version, server }

  const find = (name: string) => folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
  const installer = find('mariadb-install-db') ?? find('mysql_install_db')
  return installer && find('my_print_defaults') ? { flavour, version, server, installer } : undefined
}
