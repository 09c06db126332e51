/** The encodings in which spreadsheets and tills in China write text. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** In GBK text few byte pairs end below 0xA1; in Big5 and Shift JIS many do. */
const MOST_ODD_SHARE = 0.2
const SAMPLE_BYTES = 512

/** Finds the encoding of bytes that come in parts. `end` is null for what is no text, or text in another encoding. */
export function encodingFinder() {
  const readers = [strictReader('utf-8'), strictReader('gb18030')]
  const pairs = pairCounter()
  let wide: Encoding | null | undefined
  let hasNul = false
  return {
    take(bytes: Uint8Array) {
      if (wide === undefined) wide = wideEncoding(bytes)
      if (wide) return
      hasNul ||= bytes.includes(0)
      for (const reader of readers) reader.take(bytes)
      pairs.take(bytes)
    },
    end(): Encoding | null {
      if (wide) return wide
      const label = hasNul ? undefined : readers.find((reader) => reader.end())?.encoding
      return label === 'gb18030' && pairs.oddShare() > MOST_ODD_SHARE ? null : (label ?? null)
    },
  }
}

/** The text of a whole file, without its byte order mark; null as for `encodingFinder`. */
export function textOf(bytes: Uint8Array): string | null {
  const finder = encodingFinder()
  finder.take(bytes)
  const encoding = finder.end()
  return encoding && new TextDecoder(encoding).decode(bytes)
}

/** UTF-16 by its mark, or by the zero in every other byte of a header in Latin letters. */
function wideEncoding(bytes: Uint8Array): Encoding | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  bytes.subarray(0, SAMPLE_BYTES).forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]! += 1
  })
  if (zeros[0] === 0 && zeros[1]! > 0) return 'utf-16le'
  return zeros[1] === 0 && zeros[0]! > 0 ? 'utf-16be' : null
}

function strictReader(encoding: Encoding) {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let fits = true
  const attempt = (bytes?: Uint8Array) => {
    try {
      if (fits) decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      fits = false
    }
  }
  return {
    encoding,
    take: attempt,
    end: () => {
      attempt()
      return fits
    },
  }
}

function pairCounter() {
  let [pairs, odd, inPair] = [0, 0, false]
  return {
    take(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (inPair) {
          pairs += 1
          if (byte >= 0x40 && byte < 0xa1) odd += 1
        }
        inPair = !inPair && byte > 0x80
      }
    },
    oddShare: () => (pairs === 0 ? 0 : odd / pairs),
  }
}
