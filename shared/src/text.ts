// Cleans typed text in one way for the contract, the screens, the imports and the search. The engines of some phones support
// neither `\p{…}` nor lookbehind, and the mini-program includes this file.

/** Characters without a shape: format and direction marks, joiners of no use here, fillers, tags. */
const INVISIBLE =
  /\u034f|[\u180b-\u180f]|[\ufe00-\ufe0d]|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|[\udb40-\udb43][\udc00-\udfff]/g

const STYLES = /[\ufe0e\ufe0f]+/g
const JOINERS = /\u200d+/g
/** Units that end a picture, and units that begin one: only between those a style or a joiner means something. */
const PICTURE_ENDS =
  /[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\udc00-\udfff]|\ufe0e|\ufe0f/
const PICTURE_BEGINS = /[\u2190-\u27ff\u2900-\u2bff\ud83c-\ud83e]/
const KEYCAP = '\u20e3'

const ODD_BLANKS = /[\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+/g
/** Chinese punctuation that NFKC would narrow. */
const NOT_PUNCTUATION = /[^！（），：；？～…]+/g

function visible(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(STYLES, (styles, at: number, all: string) => {
      const after = all.charAt(at + styles.length)
      return after === KEYCAP || PICTURE_ENDS.test(all.charAt(at - 1)) ? styles.charAt(0) : ''
    })
    .replace(JOINERS, (joiners, at: number, all: string) =>
      PICTURE_ENDS.test(all.charAt(at - 1)) && PICTURE_BEGINS.test(all.charAt(at + joiners.length)) ? '\u200d' : '',
    )
}

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g

/** Lone surrogates are not text. They stay unchanged, so that the contract refuses them. */
const isBroken = (text: string): boolean => /[\ud800-\udfff]/.test(text.replace(PAIRS, ''))

const inOneLine = (text: string): string =>
  isBroken(text) ? text : visible(text).normalize('NFC').replace(ODD_BLANKS, ' ').trim()

/** One line of prose: composed, nothing invisible, plain blanks, none at the ends. */
export const cleanLine = (text: string): string => inOneLine(text.normalize('NFC'))

/** Prose of several lines: as a line, but with its line breaks and with the blanks that indent a paragraph. */
export function cleanText(text: string): string {
  if (isBroken(text)) return text
  return visible(text.normalize('NFC'))
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/^[\s\u2800]*\n/, '')
    .replace(/[\s\u2800]+$/, '')
}

/** A name: as a line, and letters and digits of every width and style become the plain ones (NFKC). */
export const cleanName = (text: string): string =>
  inOneLine(text.replace(NOT_PUNCTUATION, (part) => part.normalize('NFKC')))

const PLAIN = /^[\u4e00-\u9fa5A-Za-z0-9]*$/

/** The key by which names are compared. It is case-sensitive. */
export const nameKey = (name: string): string => (PLAIN.test(name) ? name : bare(name))

/** Everything in its plain form, without marks and blanks at the ends: how codes, figures and numbers are read. */
export const bare = (text: string): string => inOneLine(text.normalize('NFKC').replace(DASHES, '-'))

/** Removes these marks. Lone surrogates stay separate; otherwise two of them could form a character. */
export const bareWithout = (text: string, marks: RegExp): string =>
  isBroken(text) ? text : bare(bare(text).replace(marks, ''))

const DASHES = /[\u2010-\u2015\u2212]/g

/** Length in characters as the contract and the database count them: an emoji of one character is 1, not 2. */
export const lengthOf = (text: string): number => text.replace(PAIRS, '_').length

/** The beginning of a text, with at most this many characters, cut between visible characters. */
export function cut(text: string, most: number): string {
  if (lengthOf(text) <= most) return text
  let kept = ''
  let length = 0
  for (const piece of piecesOf(text)) {
    length += lengthOf(piece)
    if (length > most) break
    kept += piece
  }
  return kept
}

/** The visible characters of a text; without engine support, emojis with their modifiers. */
const piecesOf = (text: string): string[] =>
  typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? Array.from(new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)
    : (text.match(PIECE) ?? [])

const PIECE =
  /(?:\ud83c[\udde6-\uddff]){2}|(?:[\ud800-\udbff][\udc00-\udfff]|[\s\S])(?:[\u0300-\u036f\ufe0e\ufe0f\u20e3]|\ud83c[\udffb-\udfff]|\u200d(?:[\ud800-\udbff][\udc00-\udfff]|[\s\S]))*/g
