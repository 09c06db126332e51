import { Refusal } from '@pointbook/shared/refusals'
import pLimit from 'p-limit'
import type Sharp from 'sharp'

/** The use of a picture determines its stored size. */
export type PictureUse = keyof typeof sizes

const sizes = {
  avatar: { width: 320, height: 320, fit: 'cover' },
  item: { width: 1_000, height: 1_000, fit: 'inside' },
} as const

// The longer side of a phone camera's picture. A small file with larger dimensions could fill the memory when it is decoded.
const MOST_PX = 4_096
const QUALITY = 82
const WITHIN_SECONDS = 10

const oneAtATime = pLimit(1)

let loaded: Promise<typeof Sharp> | undefined

/** The library for pictures. It is loaded with the first picture, as it takes 20 MB of memory. */
const library = () => (loaded ??= load())

async function load(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp')
  // It reads many kinds of file, SVG and PDF among them; a shop's pictures are of these three.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

/**
 * Decodes a PNG, JPEG or WebP and encodes it again as WebP: upright, in the size of its use, only the first frame, without
 * metadata or other content. Throws `picture.invalid` and `picture.too-large`.
 */
export const makePicture = (bytes: Buffer, use: PictureUse): Promise<Buffer> =>
  oneAtATime(async () => {
    const sharp = await library()
    const { width, height } = await readable(sharp(bytes, { limitInputPixels: false }).metadata())
    if (Math.max(width, height) > MOST_PX) throw new Refusal('picture.too-large', { mostPx: MOST_PX })
    const picture = sharp(bytes, { limitInputPixels: MOST_PX ** 2, failOn: 'error' })
      .autoOrient()
      .resize({ ...sizes[use], withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .timeout({ seconds: WITHIN_SECONDS })
    return readable(picture.toBuffer())
  })

// The library throws plain errors, and all of them mean that these bytes are no picture.
const readable = <T>(reading: Promise<T>): Promise<T> =>
  reading.catch(() => {
    throw new Refusal('picture.invalid')
  })
