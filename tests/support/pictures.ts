import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const base64 = (bytes: Buffer) => bytes.toString('base64')

/** A picture of one colour as base64. */
export async function aPicture({ width = 40, height = 30, format = 'png' as 'png' | 'jpeg' | 'webp' | 'gif' } = {}) {
  const colour = { create: { width, height, channels: 3 as const, background: '#c84' } }
  return base64(await sharp(colour).toFormat(format).toBuffer())
}

/** A photo as a phone takes it: lying on its side, with the place where it was taken. The left half is red. */
export async function aPhoto({ width = 400, height = 200 } = {}) {
  const left = { create: { width: width / 2, height, channels: 3 as const, background: 'red' } }
  const whole = { create: { width, height, channels: 3 as const, background: 'blue' } }
  const photo = sharp(whole)
    .composite([{ input: left, left: 0, top: 0 }])
    .withExif({ IFD0: { Copyright: 'somebody', Orientation: '6' }, IFD3: { GPSLatitude: '31/1 13/1 49/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
  return base64(await photo.toBuffer())
}

/** A PNG that claims this size and holds one bit a pixel, as small as such a file can be. */
export function anEmptyPng(width: number, height: number): string {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height), { level: 9 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return base64(Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]))
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** An animated WebP of two frames. */
export async function anAnimation() {
  const frame = (background: string) => ({ create: { width: 20, height: 20, channels: 3 as const, background } })
  const frames = await Promise.all(['red', 'blue'].map((colour) => sharp(frame(colour)).png().toBuffer()))
  return base64(
    await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0 })
      .toBuffer(),
  )
}
