import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { aWorld } from '../support/world.ts'

const forever = 'public, max-age=31536000, immutable'
const root = path.resolve(import.meta.dirname, '../..')
const apps = [
  { prefix: '/panel', built: path.join(root, 'server/panel/dist'), hashed: /^assets\// },
  { prefix: '/m', built: path.join(root, 'miniprogram/dist/h5'), hashed: /^(js|css)\// },
]

let world: Awaited<ReturnType<typeof aWorld>>
let address: string

beforeAll(async () => {
  world = await aWorld()
  address = await world.app.http.listen({ port: 0, host: 'localhost' })
})
afterAll(() => world.close())

const get = (url: string, encoding = '') => world.app.http.inject({ url, headers: { 'accept-encoding': encoding } })

const filesOf = (built: string) =>
  readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.relative(built, path.join(entry.parentPath, entry.name)))

describe.each(apps)('$prefix', ({ prefix, built, hashed }) => {
  it('lets browsers cache files with a content hash for ever, and nothing else (FM12)', async () => {
    for (const file of filesOf(built)) {
      const { statusCode, headers } = await get(`${prefix}/${file}`)
      expect([file, statusCode, headers['cache-control']]).toEqual([
        file,
        200,
        hashed.test(file) ? forever : 'no-cache',
      ])
    }
  })

  it('makes browsers ask again for the page at every address within it (FM12)', async () => {
    for (const url of [`${prefix}/`, `${prefix}/index.html`, `${prefix}/members/1?tab=lots`]) {
      const { headers, body } = await get(url)
      expect([url, headers['cache-control']]).toEqual([url, 'no-cache'])
      expect(body).toContain('<title>')
    }
  })

  it('sends every text compressed, as the browser asks, with the same content (FW2)', async () => {
    for (const file of filesOf(built)) {
      const content = readFileSync(path.join(built, file))
      if (!/\.(html|js|css|svg|json)$/.test(file) || content.length < 1024) continue
      const [br, gzip, plain] = await Promise.all(
        ['br, gzip', 'gzip', ''].map((sent) => get(`${prefix}/${file}`, sent)),
      )
      expect([file, br!.headers['content-encoding'], gzip!.headers['content-encoding']]).toEqual([file, 'br', 'gzip'])
      expect(br!.headers['content-type']).toBe(plain!.headers['content-type'])
      expect(br!.headers['vary']).toContain('accept-encoding')
      for (const body of [brotliDecompressSync(br!.rawPayload), gunzipSync(gzip!.rawPayload), plain!.rawPayload])
        expect(body.equals(content)).toBe(true)
    }
  })

  it('has no file of another release (FM12)', async () => {
    expect((await get(`${prefix}/assets/page-00000000.js`)).statusCode).not.toBe(200)
  })
})

/** Bytes of everything a browser loads, compressed by gzip, until a page stands. */
async function firstLoadBytes(url: string, sight: string) {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const bodies: Promise<Buffer>[] = []
  page.on(
    'response',
    (response) => /\.(js|css)$|\/$/.test(new URL(response.url()).pathname) && bodies.push(response.body()),
  )
  await page.goto(address + url)
  await page.locator(sight).first().waitFor()
  await page.waitForLoadState('networkidle')
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
}

it('shows the home page of the preview after at most 220 kB (FW2)', async () => {
  const bytes = await firstLoadBytes('/m/', '.taro_page')
  expect(bytes).toBeLessThanOrEqual(220_000)
})

it('shows the log-in of the panel after at most 470 kB (FW2)', async () => {
  const bytes = await firstLoadBytes('/panel/', 'input')
  expect(bytes).toBeLessThanOrEqual(470_000)
})

it.each(['/docs/json', '/docs/static/swagger-ui-bundle.js', '/docs/static/swagger-ui.css'])(
  'sends %s of the API reference compressed, and makes browsers ask for it again (FM12, FW2)',
  async (url) => {
    const { statusCode, headers } = await get(url, 'gzip, br')
    expect([statusCode, headers['content-encoding']]).toEqual([200, 'gzip'])
    expect(headers['cache-control']).toMatch(/^(no-cache|no-store|public, max-age=0)$/)
  },
)
