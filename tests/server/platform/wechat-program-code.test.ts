import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aSandbox } from '../../support/sandbox.ts'

// The package is CommonJS and hands its function out under `default` only.
const decodeQr: typeof import('jsqr').default = createRequire(import.meta.url)('jsqr').default

const page = 'pages/home/index'

test('a mini-program code is a picture that leads to the page with its scene', async () => {
  const { client } = await aSandbox({ previewUrl: 'http://localhost:8080/m/', pages: [page] })
  const { bytes, mediaType } = await client.codeUnlimited({ scene: 'inviter=K7Q2ZD', page, width: 400 })
  expect(mediaType).toBe('image/png')
  expect(read(bytes)).toBe('http://localhost:8080/m/#/pages/home/index?scene=inviter%3DK7Q2ZD')
})

test('the picture is as wide as asked', async () => {
  const { client } = await aSandbox()
  const { bytes } = await client.codeUnlimited({ scene: 'a', page, width: 280 })
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([280, 280])
})

test('only pages of the released mini-program can be linked', async () => {
  const { client } = await aSandbox({ pages: [page] })
  const lost = client.codeUnlimited({ scene: 'a', page: 'pages/gone/index' })
  await expect(lost).rejects.toMatchObject({ kind: 'bad-argument', errcode: 41030 })
})

test('before the release, other editions may link pages that are not out yet', async () => {
  const { aClient } = await aSandbox({ pages: [page] })
  await aClient({ miniprogramState: 'trial' }).codeUnlimited({ scene: 'a', page: 'pages/new/index' })
})

test.each([
  ['no scene', { scene: '' }, 40169],
  ['a scene of 33 characters', { scene: 'x'.repeat(33) }, 40169],
  ['a scene with a percent sign', { scene: 'a%20b' }, 40129],
  ['a scene in Chinese', { scene: '邀请' }, 40129],
  ['a page with a leading slash', { page: `/${page}` }, 41030],
  ['a page with a query', { page: `${page}?a=1` }, 41030],
  ['a width of 279', { width: 279 }, 40097],
  ['a width of 1281', { width: 1281 }, 40097],
  ['an unknown edition', { env_version: 'beta' }, 40097],
  ['a colour out of range', { line_color: { r: 256, g: 0, b: 0 } }, 40097],
  ['half a colour', { line_color: { r: 1 } }, 40097],
  ['a reserved word', { scene: 'scancode_time=1' }, 85096],
])('WeChat refuses %s', async (_what, more, errcode) => {
  expect((await raw(more)).errcode).toBe(errcode)
})

test('more than 5,000 codes a minute are refused with the number of a daily quota', async () => {
  const { client, ask } = await aSandbox()
  await ask('PUT', '/control/quotas', { '/wxa/getwxacodeunlimit': { perMinute: 0 } })
  await expect(client.codeUnlimited({ scene: 'a', page })).rejects.toMatchObject({ kind: 'quota', errcode: 45009 })
})

async function raw(more: object) {
  const { wechat, accessToken } = await aSandbox({ pages: [page] })
  return wechat(`/wxa/getwxacodeunlimit?access_token=${await accessToken()}`, { scene: 'a', page, ...more })
}

/** Reads the QR code in a PNG of one byte per pixel, which is what the sandbox draws. */
function read(png: Buffer): string | undefined {
  const width = png.readUInt32BE(16)
  const start = png.indexOf('IDAT') + 4
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)))
  const pixels = new Uint8ClampedArray(width * width * 4)
  for (let i = 0; i < width * width; i++) {
    const ink = rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] === 1
    pixels.set(ink ? [0, 0, 0, 255] : [255, 255, 255, 255], i * 4)
  }
  return decodeQr(pixels, width, width)?.data
}
