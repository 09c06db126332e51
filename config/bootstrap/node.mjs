// Which Node runs the product. Plain JavaScript, because the machine's own Node finds it out.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Trouble } from './step.mjs'

const oldestOwn = [24, 11]

/**
 * The Node that runs everything except the installation: the version pinned in `config/package.json` for this platform. Where the
 * registry has none, the machine's own if it is at least that version.
 * @param {string} root Folder of the project.
 * @param {{ platform: string, arch: string, version: string, execPath: string }} machine
 */
export function productNode(root, machine) {
  const file = pinnedNode(root, machine)
  if (file && existsSync(file)) return file
  if (file)
    throw new Trouble('The Node that runs Pointbook could not be installed from the npm registry.', {
      advice: 'Check the network (or set npm_config_registry) and run the command again.',
    })
  if (isAtLeast(machine.version, oldestOwn)) return machine.execPath
  const needed = oldestOwn.join('.')
  throw new Trouble(
    `Pointbook needs Node ${needed} on ${machine.platform} ${machine.arch}; this is Node ${machine.version}.`,
    { advice: 'Install Node 24 from https://nodejs.org and run the command again.' },
  )
}

/**
 * The path of the pinned Node of this platform, installed or not; undefined where the registry has none.
 * @param {string} root @param {{ platform: string, arch: string }} machine
 */
export function pinnedNode(root, { platform, arch }) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'config/package.json'), 'utf8'))
  if (!(name in optionalDependencies)) return undefined
  return path.join(root, 'config/node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node')
}

/** @param {string} version @param {number[]} oldest major and minor */
export function isAtLeast(version, [major = 0, minor = 0]) {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number)
  return haveMajor > major || (haveMajor === major && haveMinor >= minor)
}
