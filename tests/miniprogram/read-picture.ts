import { inflateSync } from 'node:zlib'
import { BinaryBitmap, Code128Reader, GlobalHistogramBinarizer, RGBLuminanceSource } from '@zxing/library'
import jsQr from 'jsqr'

interface Picture {
  width: number
  height: number
  /** One byte a pixel: 0 black, 255 white. */
  grey: Uint8ClampedArray
}

/** Reads a PNG of one bit a pixel back, by the standard and with node's own zlib. */
export function readPng(uri: string): Picture {
  const bytes = Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const header = chunks.get('IHDR')!
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const rows = inflateSync(chunks.get('IDAT')!)
  const rowBytes = Math.ceil(width / 8) + 1
  const grey = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      grey[y * width + x] = (rows[y * rowBytes + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1 ? 255 : 0
    }
  }
  return { width, height, grey }
}

export function readQr({ width, height, grey }: Picture): string | undefined {
  const rgba = new Uint8ClampedArray(grey.length * 4)
  for (let pixel = 0; pixel < grey.length; pixel++)
    rgba.fill(grey[pixel]!, pixel * 4, pixel * 4 + 3).fill(255, pixel * 4 + 3, pixel * 4 + 4)
  return jsQr(rgba, width, height)?.data
}

export function readCode128({ width, height, grey }: Picture): string {
  const bitmap = new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(grey, width, height)))
  return new Code128Reader().decode(bitmap).getText()
}
