import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { claim, takeTurn } from '@pointbook/config/bootstrap/claim.mjs'
import { requireDiskSpace } from '@pointbook/config/bootstrap/disk-space'
import { pinnedNode, productNode } from '@pointbook/config/bootstrap/node.mjs'
import { requireFreePort } from '@pointbook/config/bootstrap/ports'
import { addressesOf } from '@pointbook/config/bootstrap/start'
import { type Env, readEnv } from '@pointbook/config/env'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { platform, arch, execPath } = process
const machine = { platform, arch, execPath, version: process.versions.node }

/** The Node of the machine, which people have before they have Pointbook: set-up put its own before it. */
const machineNode = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .filter((place) => !place.includes('node_modules'))
  .map((place) => path.join(place, 'node'))
  .find((file) => existsSync(file))

/** Output and exit code of a command of ours, begun by the machine's Node. */
function outcomeOf(
  args: string[],
  env: Record<string, string> = {},
  root = '.',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(machineNode ?? execPath, [path.join(root, 'config/bootstrap/run.mjs'), ...args], {
      env: { ...process.env, ...env },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code: code ?? -1, output }))
  })
}

it('lists the commands', async () => {
  const { code, output } = await outcomeOf(['frobnicate'])
  expect(code).toBe(1)
  expect(output).toContain('There is no command "frobnicate"; there are start, dev, build, test, check')
})

it('runs the tests, like everything but the set-up, on the Node that set-up installed (issue 12, Node 24)', () => {
  const pinned = pinnedNode(process.cwd(), machine)
  expect(process.versions.node).toMatch(/^24\./)
  if (pinned) expect(realpathSync(execPath)).toBe(realpathSync(pinned))
})

it('reports in one sentence that the registry cannot be reached, and starts nothing (issue 12, Node 24)', async () => {
  const clone = path.join(folder, 'clone')
  for (const part of [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'config/package.json',
    'config/bootstrap',
  ])
    cpSync(part, path.join(clone, part), { recursive: true })
  for (const folder of ['shared', 'server', 'server/panel', 'miniprogram', 'tests'])
    cpSync(`${folder}/package.json`, path.join(clone, folder, 'package.json'))
  const unreachable = {
    npm_config_registry: 'http://127.0.0.1:1',
    npm_config_store_dir: path.join(folder, 'store'),
    npm_config_fetch_retries: '0',
  }
  const { code, output } = await outcomeOf(['check'], unreachable, clone)
  expect(code).toBe(1)
  expect(output).toContain('The dependencies could not be installed.')
  expect(output).toContain('The first run needs the npm registry. Check the network (or set npm_config_registry)')
  expect(output).not.toContain('types')
})

it('says in one sentence that its Node was not installed, or that the machine needs one (issue 12, Node 24)', () => {
  cpSync('config/package.json', path.join(folder, 'config/package.json'))
  const linux = { platform: 'linux', arch: 'x64', execPath: '/usr/bin/node', version: '20.19.0' }
  expect(() => productNode(folder, linux)).toThrow('could not be installed from the npm registry')
  const apple = { ...linux, platform: 'darwin', arch: 'arm64' }
  expect(() => productNode(folder, apple)).toThrow('needs Node 24.11 on darwin arm64; this is Node 20.19.0.')
  expect(productNode(folder, { ...apple, version: '24.11.0' })).toBe('/usr/bin/node')
})

it('lets one of two commands install while the other waits (issue 12, Node 24)', async () => {
  const place = path.join(folder, 'installing')
  const first = await takeTurn(place)
  expect((await claim(place)).holder).toBe(process.pid)
  const order: string[] = []
  const second = takeTurn(place).then((turn) => {
    order.push('second begins')
    return turn
  })
  await sleep(1_000)
  order.push('first ends')
  first.release()
  const turn = await second
  turn.release()
  expect(order).toEqual(['first ends', 'second begins'])
})

it('names a busy port and the setting that moves it', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, resolve))
  const { port } = holder.address() as { port: number }
  await expect(requireFreePort(port, 'PORT')).rejects.toMatchObject({
    message: `Port ${port} is in use by another program.`,
    advice: expect.stringContaining(`PORT=${port + 1} npm start`),
  })
  holder.close()
})

it('starts nothing in production when settings are missing, and names all of them', async () => {
  const { code, output } = await outcomeOf(['start'], { NODE_ENV: 'production', SANDBOX_PORT: '8189' })
  expect(code).toBe(1)
  expect(output).toContain('- JWT_SECRET is missing')
  expect(output).toContain('- WECHAT_APP_ID is missing')
  expect(output).toContain('- SANDBOX_PORT is set')
  expect(output).not.toContain('✓ database')
})

it('names the addresses of preview and sandbox in a demo, and neither in production', () => {
  const demo = readEnv({ PORT: '8180' })
  const named = (env: Env) => addressesOf(env).map(([what]) => what)
  expect(addressesOf(demo)[0]).toEqual(['Mini-program preview', 'http://localhost:8180/m/'])
  expect(named(demo)).toContain('WeChat sandbox')
  expect(named({ ...demo, mode: 'production' })).toEqual(['Merchant panel', 'API reference', 'WeChat DevTools'])
})

it('refuses to start on a full disk', async () => {
  await expect(requireDiskSpace('.', Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    message: expect.stringContaining('The disk is full'),
    advice: expect.stringContaining('POINTBOOK_HOME'),
  })
})
