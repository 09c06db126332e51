// node config/bootstrap/run.mjs COMMAND [ARGUMENTS]: installs what is missing, then hands over to COMMAND.ts on the pinned Node.
// The machine's own Node runs only this, and a fresh clone has no packages: plain JavaScript without dependencies.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { takeTurn } from './claim.mjs'
import { isAtLeast, pinnedNode, productNode } from './node.mjs'
import { explain, step, Trouble } from './step.mjs'

const commands = [
  'start',
  'dev',
  'build',
  'test',
  'check',
  'fuzz',
  'bench',
  'chaos',
  'engines',
  'backup',
  'restore',
  'history',
  'audit',
  'admin',
  'release',
  'rotate-keys',
  'deps',
  'sbom',
]
const root = path.resolve(import.meta.dirname ?? '.', '../..')
const cache = path.join(root, 'node_modules/.cache/pointbook')
const stampFile = path.join(cache, 'install')
const oldestNode = [20, 19]
const parentCheckMs = 1_000
const { platform, arch, execPath } = process
const machine = { platform, arch, execPath, version: process.versions.node }

const [command = '', ...args] = process.argv.slice(2)
try {
  requireNode()
  if (!commands.includes(command))
    throw new Trouble(`There is no command "${command}"; there are ${commands.join(', ')}.`)
  process.chdir(root)
  await step('dependencies', install)
  process.exitCode = await handOver(productNode(root, machine))
} catch (error) {
  explain(error)
  process.exitCode = 1
}

function requireNode() {
  if (isAtLeast(machine.version, oldestNode)) return
  throw new Trouble(`Pointbook needs Node ${oldestNode.join('.')} or later; this is Node ${machine.version}.`, {
    advice: 'Install a current Node from https://nodejs.org and run the command again.',
  })
}

/**
 * Runs the command to its end. It has its own process group, so that it gets Ctrl-C once, from here. Programs that it starts by
 * name find the same Node first.
 * @param {string} node
 * @returns {Promise<number>}
 */
function handOver(node) {
  const env = { ...process.env, PATH: [path.dirname(node), process.env['PATH']].join(path.delimiter) }
  const child = spawn(node, ['config/bootstrap/command.ts', command, ...args], {
    env,
    stdio: 'inherit',
    detached: true,
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))

  // npm passes signals on, but a killed npm cannot; then the parent of this process changes.
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'])
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), parentCheckMs).unref()
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Trouble(`${node} does not run on this machine: ${error.message}`)))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Two commands started side by side share these folders; one installs, the other waits. @param {(text: string) => void} note */
async function install(note) {
  if (isInstalled()) return note('unchanged')
  const turn = await takeTurn(path.join(cache, 'installing'))
  try {
    if (isInstalled()) return note('installed by another command meanwhile')
    await pnpmInstall()
    mkdirSync(cache, { recursive: true })
    writeFileSync(stampFile, fingerprint())
  } finally {
    turn.release()
  }
}

function isInstalled() {
  const node = pinnedNode(root, machine)
  const complete = packages().every((folder) => existsSync(path.join(root, folder, 'node_modules')))
  if (!complete || (node && !existsSync(node)) || !existsSync(stampFile)) return false
  return readFileSync(stampFile, 'utf8') === fingerprint()
}

function packages() {
  const [, listed = ''] = readFileSync('pnpm-workspace.yaml', 'utf8').match(/^packages:\n((?: {2}- .+\n)+)/m) ?? []
  return ['.', ...[...listed.matchAll(/- (.+)/g)].map(([, folder = '']) => folder)]
}

function fingerprint() {
  const hash = createHash('sha256').update(`${platform} ${arch}`)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packages().map((folder) => `${folder}/package.json`)]
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function pnpmInstall() {
  const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'))
  // With NODE_ENV=production pnpm would not install the build tools; with CI set it does not prompt.
  const env = { ...process.env, NODE_ENV: 'development', CI: 'true' }
  const child = spawn('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  if (code === 0) return
  throw new Trouble('The dependencies could not be installed.', {
    output: output || String(code),
    advice:
      'The first run needs the npm registry. Check the network (or set npm_config_registry) and run the command again.',
  })
}
