import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './children.ts'
import { takeTurn } from './claim.mjs'
import { compressFiles } from './compress.ts'
import { step, Trouble } from './step.mjs'

const stamps = path.resolve('node_modules/.cache/pointbook')
const notInputs = new Set(['dist', 'node_modules', '.swc'])

interface Build {
  name: string
  folder: string
  command: string[]
  /** Its sources besides the folder. */
  from: string[]
  /** Whether the API's address is part of the result, so that another address needs another build. */
  addressed: boolean
  /** Folder of the result. It is emptied first, because old files would become part of the mini-program. */
  output: string
  /** A file every good result has. Taro may end well without one. */
  proof: string
  /** Whether browsers load it; then compressed copies are written beside its files. */
  served: boolean
}

const server: Build = {
  name: 'built server',
  folder: 'server',
  from: ['shared/src', 'config'],
  addressed: false,
  command: [process.execPath, 'build.mjs'],
  output: 'dist',
  proof: 'main.js',
  served: false,
}

const h5 = taro('h5', 'index.html')

const builds: Build[] = [
  server,
  taro('weapp', 'app.json'),
  h5,
  {
    name: 'panel',
    folder: 'server/panel',
    from: ['shared/src'],
    addressed: false,
    command: ['node_modules/.bin/vite', 'build'],
    output: 'dist',
    proof: 'index.html',
    served: true,
  },
]

function taro(type: string, proof: string): Build {
  const command = ['node_modules/.bin/taro', 'build', '--type', type]
  return {
    name: `mini-program ${type}`,
    folder: 'miniprogram',
    from: ['shared/src'],
    // The preview calls the server that served it.
    addressed: type === 'weapp',
    command,
    output: `dist/${type}`,
    proof,
    served: type === 'h5',
  }
}

/**
 * Builds what is not built yet or was built from other sources; `api` is the address the WeChat build talks to.
 * Production serves no preview of the mini-program.
 */
export async function buildAll(api: string, { preview = true } = {}) {
  const wanted = builds.filter((build) => preview || build !== h5)
  for (const build of wanted) await step(build.name, (note) => buildIfStale(build, api, note))
}

/** What a production server runs: itself and the panel. */
export async function buildServed() {
  for (const build of builds.filter((each) => each === server || each.name === 'panel'))
    await step(build.name, (note) => buildIfStale(build, '', note))
}

/** The server alone, for commands that need nothing else. */
export const buildServer = () => step(server.name, (note) => buildIfStale(server, '', note))

async function buildIfStale(build: Build, api: string, note: (text: string) => void) {
  const stampFile = path.join(stamps, build.name.replace(' ', '-'))
  const output = path.resolve(build.folder, build.output)
  const stamp = fingerprint(build, api)
  const fresh = () =>
    existsSync(path.join(output, build.proof)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (fresh()) return note('unchanged')

  // Two commands started side by side share these folders; one builds, the other waits.
  const turn = await takeTurn(path.join(stamps, 'building'))
  try {
    if (fresh()) return note('built by another command meanwhile')
    rmSync(stampFile, { force: true })
    rmSync(output, { recursive: true, force: true })
    await runBuild(build, api)
    if (!existsSync(path.join(output, build.proof)))
      throw new Trouble(`The build left no ${build.output}/${build.proof}.`)
    if (build.served) await compressFiles(output)
    writeFileSync(stampFile, stamp)
  } finally {
    turn.release()
  }
}

function runBuild({ folder, command }: Build, api: string) {
  mkdirSync(stamps, { recursive: true })
  const env = { ...process.env, NODE_ENV: 'production', TARO_APP_API: api }
  return run(command, {
    cwd: folder,
    env,
    advice: `Build it by hand to see more: cd ${folder} && ${command.join(' ')}`,
  })
}

function fingerprint({ folder, from, addressed, command }: Build, api: string): string {
  const hash = createHash('sha256').update(`${process.version} ${command.join(' ')} ${addressed ? api : ''}`)
  for (const file of ['pnpm-lock.yaml', ...[folder, ...from].flatMap(filesIn)]) {
    hash.update(file)
    hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !notInputs.has(entry.name))
  return entries
    .flatMap((entry) => {
      const file = path.join(folder, entry.name)
      return entry.isDirectory() ? filesIn(file) : [file]
    })
    .sort()
}
