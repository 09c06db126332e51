// node config/bootstrap/run.mjs COMMAND [ARGUMENTS]: installs what is missing, then hands over to COMMAND.ts.
// Plain JavaScript without dependencies, since on a fresh clone there is nothing else.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { explain, step, Trouble } from './step.mjs'

const commands = ['start', 'test', 'check', 'bench', 'chaos', 'history', 'audit']
const root = path.resolve(import.meta.dirname ?? '.', '../..')
const stampFile = path.join(root, 'node_modules/.cache/pointbook/install')

const [command = '', ...args] = process.argv.slice(2)
try {
  requireNode(20, 19)
  if (!commands.includes(command))
    throw new Trouble(`There is no command "${command}"; there are ${commands.join(', ')}.`)
  process.chdir(root)
  await step('dependencies', install)
  const { register } = await import('tsx/esm/api')
  register()
  const { runCommand } = await import('./command.ts')
  await runCommand(command, args)
} catch (error) {
  explain(error)
  process.exitCode = 1
}

/** @param {number} major @param {number} minor */
function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  throw new Trouble(`Pointbook needs Node ${major}.${minor} or later; this is Node ${process.versions.node}.`, {
    advice: 'Install a current Node from https://nodejs.org and run the command again.',
  })
}

/** @param {(text: string) => void} note */
async function install(note) {
  const packages = ['.', ...workspaceFolders()]
  const stamp = fingerprint(packages)
  const complete = packages.every((folder) => existsSync(path.join(root, folder, 'node_modules')))
  if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return note('unchanged')
  await pnpmInstall()
  mkdirSync(path.dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

function workspaceFolders() {
  const [, listed = ''] = readFileSync('pnpm-workspace.yaml', 'utf8').match(/^packages:\n((?: {2}- .+\n)+)/m) ?? []
  return [...listed.matchAll(/- (.+)/g)].map(([, folder = '']) => folder)
}

/** @param {string[]} packages */
function fingerprint(packages) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packages.map((folder) => `${folder}/package.json`)]
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function pnpmInstall() {
  const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'))
  // Under NODE_ENV=production pnpm would leave out what builds the product; with CI set it asks nothing.
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
