import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'

const readyWithinMs = 300_000
const home = mkdtempSync(path.join(tmpdir(), 'pointbook-dev-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Three consecutive free ports. */
async function portsInARow(): Promise<number> {
  for (;;) {
    const port = await freePort()
    const next = [port + 1, port + 2].map((each) =>
      fetch(`http://localhost:${each}/`).then(
        () => true,
        () => false,
      ),
    )
    if (port < 65_000 && !(await Promise.all(next)).includes(true)) return port
  }
}

const isAnswering = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

it('serves panel, mini-program and API from their sources, and ends all processes that it started', {
  timeout: readyWithinMs,
}, async () => {
  const built = path.join('miniprogram', 'dist', 'h5', 'built-before')
  mkdirSync(path.dirname(built), { recursive: true })
  writeFileSync(built, '')
  const port = await portsInARow()
  const sandboxPort = await freePort()
  const child = execFile(process.execPath, ['config/bootstrap/run.mjs', 'dev'], {
    env: { ...process.env, NODE_ENV: '', POINTBOOK_HOME: home, PORT: `${port}`, SANDBOX_PORT: `${sandboxPort}` },
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const hears = (words: string) => expect.poll(() => output, { timeout: readyWithinMs }).toContain(words)

  const [api, panel, preview] = [port, port + 1, port + 2].map((each) => `http://localhost:${each}`) as [
    string,
    string,
    string,
  ]
  try {
    await hears('Pointbook follows its sources')
    expect(output).toContain(`${preview}/m/`)
    expect(output).toContain(`${panel}/panel/   log in as demo / demo-password`)

    expect(await (await fetch(`${panel}/panel/`)).text()).toContain('/@vite/client')
    const login = await fetch(`${panel}/admin/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: panel },
      body: JSON.stringify({ login: 'demo', password: 'demo-password' }),
    })
    expect(login.status).toBe(200)
    expect(await (await fetch(`${preview}/m/`)).text()).toContain('/m/js/')
    expect(await (await fetch(`${preview}/shop`)).json()).toMatchObject({ demo: true })

    utimesSync('server/src/places.ts', new Date(), new Date())
    await hears("Restarting 'server/src/main.ts'")
  } finally {
    child.kill('SIGINT')
  }
  expect(await ended).toBe(0)
  const urls = [`${api}/healthz`, panel, preview, `http://localhost:${sandboxPort}/healthz`]
  expect(await Promise.all(urls.map(isAnswering))).toEqual([false, false, false, false])
  expect(existsSync(built)).toBe(true)
  rmSync(built)
})

it.each([
  ['production', { NODE_ENV: 'production' }, 'npm run dev serves the demo only.'],
  ['a sandbox on a port of its own parts', { SANDBOX_PORT: '8082' }, 'needs the two ports after PORT for itself'],
])('refuses %s in one sentence', async (_, settings, sentence) => {
  const child = execFile(process.execPath, ['config/bootstrap/run.mjs', 'dev'], {
    env: { ...process.env, NODE_ENV: '', ...settings },
  })
  let output = ''
  child.stderr?.on('data', (chunk) => (output += chunk))
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1)
  expect(output).toContain(sentence)
})
