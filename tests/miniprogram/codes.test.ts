import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code128 } from '../../miniprogram/src/code/code128.ts'
import { barPicture, inFours, qrPicture } from '../../miniprogram/src/code/pictures.ts'
import { pngUri } from '../../miniprogram/src/code/png.ts'
import { readCode128, readPng, readQr } from './read-picture.ts'

const digits = fc.stringMatching(/^\d{4,24}$/)

describe('the codes a member shows', () => {
  it('are read back by a QR reader', () => {
    fc.assert(
      fc.property(digits, (code) => {
        expect(readQr(readPng(qrPicture(code)))).toBe(code)
      }),
      { numRuns: 15 },
    )
  })

  it('are read back by a Code 128 reader, with an even and an odd number of digits', () => {
    fc.assert(
      fc.property(digits, (code) => {
        expect(readCode128(readPng(barPicture(code)))).toBe(code)
      }),
      { numRuns: 60 },
    )
  })

  it('use every pair of digits as the standard draws it', () => {
    for (let pair = 0; pair < 100; pair += 2) {
      const code = [pair, pair + 1].map((value) => String(value).padStart(2, '0')).join('')
      expect(readCode128(readPng(barPicture(code)))).toBe(code)
    }
  })

  it('refuse text that is not digits', () => {
    expect(() => code128('12A4')).toThrow(RangeError)
    expect(() => code128('7')).toThrow(RangeError)
  })

  it('are written below in groups of four', () => {
    expect(inFours('610000000000000012')).toBe('6100 0000 0000 0000 12')
    expect(inFours('88372201')).toBe('8837 2201')
  })
})

describe('the PNG encoder', () => {
  it('keeps every pixel, whatever the width and height', () => {
    const size = fc.integer({ min: 1, max: 70 })
    fc.assert(
      fc.property(size, size, fc.integer(), (width, height, seed) => {
        const isDark = (x: number, y: number) => ((x * 31 + y * 17) ^ seed) % 3 === 0
        const { grey, ...read } = readPng(pngUri(width, height, isDark))
        expect(read).toEqual({ width, height })
        for (let at = 0; at < grey.length; at++) expect(grey[at] === 0).toBe(isDark(at % width, Math.floor(at / width)))
      }),
    )
  })

  it('cuts data longer than one deflate block into several', () => {
    const { grey } = readPng(pngUri(1024, 700, (x, y) => x === y))
    expect(grey.filter((pixel) => pixel === 0)).toHaveLength(700)
  })

  it('closes each chunk with its checksum', () => {
    const bytes = Buffer.from(pngUri(9, 3, () => true).split(',')[1]!, 'base64')
    for (let at = 8; at < bytes.length; ) {
      const end = at + 8 + bytes.readUInt32BE(at)
      expect(bytes.readUInt32BE(end)).toBe(crc32(bytes.subarray(at + 4, end)))
      at = end + 4
    }
  })
})
