/** Widths of bars and gaps, in turn, of the symbols 0–106 of Code 128; the last is the stop. */
const symbols = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ')

const startC = 105
const toB = 100
const stop = 106
const checkModulus = 103
/** Tills need ten modules of white on either side. */
const quietModules = 10

/**
 * Digits as Code 128, two per symbol; an odd last digit uses set B. True is a dark module; the white on both sides is included.
 * Throws RangeError on anything but digits.
 */
export function code128(digits: string): boolean[] {
  if (!/^\d{2,}$/.test(digits)) throw new RangeError('Code 128 here takes two digits or more')
  const values = [startC, ...(digits.match(/\d\d/g) ?? []).map(Number)]
  if (digits.length % 2) values.push(toB, Number(digits.slice(-1)) + 16)
  const sum = values.reduce((total, value, place) => total + value * Math.max(place, 1), 0)
  values.push(sum % checkModulus, stop)
  const bars = values.flatMap((value) => modulesOf(symbols[value] ?? ''))
  const quiet = new Array<boolean>(quietModules).fill(false)
  return [...quiet, ...bars, ...quiet]
}

function modulesOf(widths: string): boolean[] {
  return [...widths].flatMap((width, place) => new Array<boolean>(Number(width)).fill(place % 2 === 0))
}
