import { bare, bareWithout } from './text.ts'

/**
 * The digits of a code, a card or a member number as typed or scanned: any width, in groups or not, between the control characters that
 * some scanners send. Other characters stay.
 */
export const cleanDigits = (text: string): string => bareWithout(text, BESIDE_DIGITS)

/** Blanks, hyphens and control characters; those of ASCII are what lies before the blank. */
const BESIDE_DIGITS = /[\s\u007f-\u009f-]|[^ -\uffff]/g

/** `1,234` → `1234`; null when a comma is not between thousands. */
export function ungrouped(figure: string): string | null {
  if (!figure.includes(',')) return figure
  return /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(figure) ? figure.replace(/,/g, '') : null
}

/** A whole number as typed, `-1,200` too; null for anything else. Nothing is rounded. */
export const wholeFrom = (text: string): number | null => decimalFrom(text, 0)

/** A number as typed with at most so many decimals; null for anything else. Nothing is rounded. */
export function decimalFrom(text: string, decimals: number): number | null {
  const figure = ungrouped(bare(text))
  const match = figure === null ? null : /^-?\d{1,15}(?:\.(\d+))?$/.exec(figure)
  if (!match || (match[1] ?? '').length > decimals) return null
  return Number(figure)
}

/** True for what a spreadsheet puts in the place of a number or a text: `1.38E+10`, `1,23457E+17`, `####`, `#N/A`, `#REF!`. */
export const isDamaged = (text: string): boolean => DAMAGED.test(bare(text))

const DAMAGED =
  /^[-+]?\d+([.,]\d+)?\s*E[-+]?\d+$|^#+$|^#(N\/A|(REF|VALUE|DIV\/0|NUM|NULL|SPILL|CALC)!|NAME\?|GETTING_DATA)$/i
