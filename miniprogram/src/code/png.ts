const signature = [137, 80, 78, 71, 13, 10, 26, 10]
/** Longest run a stored deflate block can hold. */
const maxBlockBytes = 0xffff

/**
 * A black and white PNG of one bit a pixel, as a data URI. Made without canvas, so that it is the same in WeChat and in a
 * browser; uncompressed, because at this size a compressor would be larger.
 */
export function pngUri(width: number, height: number, isDark: (x: number, y: number) => boolean): string {
  const header = [...bigEndian(width), ...bigEndian(height), 1, 0, 0, 0, 0]
  const rows = Array.from({ length: height }, (_, y) => [0, ...packed(width, (x) => isDark(x, y))]).flat()
  const bytes = [...signature, ...chunk('IHDR', header), ...chunk('IDAT', zlibStored(rows)), ...chunk('IEND', [])]
  return `data:image/png;base64,${base64(bytes)}`
}

/** Eight pixels a byte, the leftmost in the highest bit; 1 is white. */
function packed(width: number, isDark: (x: number) => boolean): number[] {
  return Array.from({ length: Math.ceil(width / 8) }, (_, byte) => {
    let bits = 0
    for (let bit = 0; bit < 8; bit++) bits = bits * 2 + (isDark(byte * 8 + bit) ? 0 : 1)
    return bits
  })
}

function chunk(name: string, data: number[]): number[] {
  const named = [...name].map((letter) => letter.charCodeAt(0)).concat(data)
  return [...bigEndian(data.length), ...named, ...bigEndian(crc32(named))]
}

function zlibStored(data: number[]): number[] {
  const blocks: number[] = []
  for (let at = 0; at < data.length; at += maxBlockBytes) {
    const block = data.slice(at, at + maxBlockBytes)
    const isLast = at + maxBlockBytes >= data.length ? 1 : 0
    const low = block.length & 0xff
    const high = block.length >> 8
    blocks.push(isLast, low, high, low ^ 0xff, high ^ 0xff, ...block)
  }
  return [0x78, 0x01, ...blocks, ...bigEndian(adler32(data))]
}

function crc32(bytes: number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function adler32(bytes: number[]): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return b * 65536 + a
}

const bigEndian = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(bytes: number[]): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3)
    const group = first * 65536 + (second ?? 0) * 256 + (third ?? 0)
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    text += second === undefined ? '=' : alphabet.charAt((group >> 6) & 63)
    text += third === undefined ? '=' : alphabet.charAt(group & 63)
  }
  return text
}
