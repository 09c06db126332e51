import { deflateSync } from 'node:zlib'
import qrcode from 'qrcode-generator'
import { isObject } from '../src/platform/wechat/json.ts'
import { isReleased } from './pages.ts'
import { Refused } from './refused.ts'
import type { Endpoint, World } from './types.ts'

type Rgb = [number, number, number]

/**
 * Source: getUnlimitedQRCode on developers.weixin.qq.com.
 * The picture is an ordinary QR code instead of WeChat's round one, and always PNG; scanned, it opens the preview.
 */
export const programCode: Endpoint = {
  method: 'POST',
  path: '/wxa/getwxacodeunlimit',
  needsToken: true,
  answer(world, { body }) {
    const scene = checkScene(body.scene)
    const page = checkPage(world, body)
    if (JSON.stringify(body).includes('scancode_time')) throw new Refused(85096)
    if (!['release', 'trial', 'develop'].includes(String(body.env_version ?? 'release'))) throw new Refused(40097)
    const width = body.width ?? 430
    if (!Number.isInteger(width) || Number(width) < 280 || Number(width) > 1280) throw new Refused(40097)
    const text = `${world.settings.previewUrl ?? ''}#/${page}?scene=${encodeURIComponent(scene)}`
    return drawQr(text, Number(width), { ink: checkInk(body), transparent: body.is_hyaline === true })
  },
}

function checkScene(scene: unknown): string {
  if (typeof scene !== 'string' || scene.length < 1 || scene.length > 32) throw new Refused(40169)
  if (!/^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]+$/.test(scene)) throw new Refused(40129)
  return scene
}

function checkPage(world: World, { page, check_path }: Record<string, unknown>): string {
  const path = page ?? world.settings.pages?.[0] ?? 'pages/home/index'
  if (typeof path !== 'string' || /^\/|\?/.test(path)) throw new Refused(41030)
  if (check_path !== false && !isReleased(world, path)) throw new Refused(41030)
  return path
}

function checkInk({ auto_color, line_color }: Record<string, unknown>): Rgb {
  if (auto_color !== undefined && typeof auto_color !== 'boolean') throw new Refused(40097)
  if (line_color === undefined || auto_color) return [0, 0, 0]
  const { r, g, b } = isObject(line_color) ? line_color : {}
  const ink = [r, g, b].map((value) => (value === undefined ? Number.NaN : Number(value)))
  if (!ink.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)) throw new Refused(40097)
  return ink as Rgb
}

function drawQr(text: string, width: number, { ink, transparent }: { ink: Rgb; transparent: boolean }): Buffer {
  const code = qrcode(0, 'M')
  code.addData(text, 'Byte')
  code.make()
  const modules = code.getModuleCount()
  const scale = Math.floor(width / (modules + 8))
  const margin = Math.floor((width - modules * scale) / 2)
  const isDark = (x: number, y: number) => {
    const [column, row] = [Math.floor((x - margin) / scale), Math.floor((y - margin) / scale)]
    return column >= 0 && row >= 0 && column < modules && row < modules && code.isDark(row, column)
  }
  return twoColourPng(width, isDark, { ink, transparent })
}

/** A square PNG with a palette of two: white (or nothing) and ink. */
function twoColourPng(
  width: number,
  isInk: (x: number, y: number) => boolean,
  { ink, transparent }: { ink: Rgb; transparent: boolean },
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * width)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = isInk(x, y) ? 1 : 0
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([255, 255, 255, ...ink])),
    ...(transparent ? [chunk('tRNS', Buffer.from([0]))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
