import { type Day, dayFrom } from '@pointbook/shared/day'
import { isDamaged, wholeFrom } from '@pointbook/shared/digits'
import { fenFromYuan } from '@pointbook/shared/money'
import { isReceiptNo } from '@pointbook/shared/receipt-no'
import { bare, cleanName, cut, lengthOf } from '@pointbook/shared/text'
import type { Line } from '../../../core/earning/event.ts'

const needed = ['member_ref', 'receipt_no', 'purchased_on', 'quantity', 'amount_yuan'] as const
const optional = ['product', 'sku', 'category', 'brand'] as const

export const fields = [...needed, ...optional] as const

export type Field = (typeof fields)[number]

/** The file's names for fields that differ from ours. */
export type Names = Partial<Record<Field, string>>

/** A file that cannot be read as a history at all. */
export class NoHistory extends Error {}

/** The field of each column of the header; null for unknown columns. Throws `NoHistory` when a field is missing. */
export function columnsOf(written: readonly string[], names: Names): (Field | null)[] {
  const wanted = new Map(fields.map((field) => [nameOf(field, names), field]))
  const header = written.map(cleanName)
  for (const field of fields) {
    const name = nameOf(field, names)
    if (header.indexOf(name) !== header.lastIndexOf(name))
      throw new NoHistory(`there are two columns "${name}": leave one of them out`)
    const mustBeThere = field in names || needed.some((each) => each === field)
    if (mustBeThere && !header.includes(name))
      throw new NoHistory(
        `there is no column "${name}", only ${header.join(', ')}. Name it with --columns ${field}=NAME`,
      )
  }
  return header.map((name) => wanted.get(name) ?? null)
}

const nameOf = (field: Field, names: Names): string => cleanName(names[field] ?? field)

export type RawRow = Partial<Record<Field, string>>

/** One purchase of the history; each line of the file is one receipt. */
export interface Row {
  memberRef: string
  receiptNo: string
  on: Day
  line: Line
}

const MOST_FEN = 10_000_000_00
const LONGEST_REF = 50

/** Placeholders that programs write for sales without a member; without this check all these sales would belong to one member. */
const NOBODY = /^(null|\\n|none|nil|nan|n\/a|undefined|-+)$/i

/** Without the marks that keep a text a text in a spreadsheet: `'138…` and `="138…"`. */
const unmarked = (text: string): string =>
  bare(text)
    .replace(/^['’](?=.)/, '')
    .replace(/^="(.*)"$/, '$1')

/** Reads a row, or returns the reason why it is not a purchase. */
export function readRow(raw: RawRow, today: Day): Row | string {
  const [memberRef, receiptNo] = [unmarked(raw.member_ref ?? ''), unmarked(raw.receipt_no ?? '')]
  if (memberRef === '') return 'member_ref is missing'
  if (NOBODY.test(memberRef)) return `member_ref "${memberRef}" names nobody: leave out sales without a member`
  for (const field of identifying) if (isDamaged(raw[field] ?? '')) return damageText(field, raw)
  if (lengthOf(memberRef) > LONGEST_REF) return `member_ref is longer than ${LONGEST_REF} characters`
  if (!isReceiptNo(receiptNo)) return `receipt_no "${receiptNo}" is not letters, digits and _ . / - (at most 40)`
  const on = dayFrom(raw.purchased_on ?? '')
  if (!on) return `purchased_on "${raw.purchased_on ?? ''}" is not a day such as 2026-11-21 or 2026/11/21`
  if (on > today) return `purchased_on ${on} is yet to come`
  const quantity = pieces(raw.quantity)
  if (quantity === null) return `quantity "${raw.quantity ?? ''}" is not a whole number from 1 to 9999`
  const amountFen = fenFromYuan(raw.amount_yuan ?? '')
  if (amountFen === null) return `amount_yuan "${raw.amount_yuan ?? ''}" is not an amount with at most two decimals`
  if (amountFen > MOST_FEN) return `amount_yuan ${raw.amount_yuan} is more than 10 million`
  return { memberRef, receiptNo, on, line: lineOf(raw, quantity, amountFen) }
}

function lineOf(raw: RawRow, quantity: number, amountFen: number): Line {
  const name = (field: Field, most: number) => cut(cleanName(raw[field] ?? ''), most)
  const [sku, category, brand] = [name('sku', 40), name('category', 20), name('brand', 40)]
  return {
    name: name('product', 60) || '历史消费',
    ...(sku && { sku }),
    ...(category && { category }),
    ...(brand && { brand }),
    quantity,
    amountFen,
  }
}

/** Pieces as a spreadsheet writes them: `2.00` is 2. */
function pieces(text = ''): number | null {
  const count = wholeFrom(text.replace(/\.0+\s*$/, ''))
  return count !== null && count >= 1 && count <= 9_999 ? count : null
}

/** Fields that identify member and receipt: a wrong digit here would mix up two members. */
const identifying = ['member_ref', 'receipt_no'] as const

export const damageText = (field: (typeof identifying)[number], raw: RawRow): string =>
  `${field} "${raw[field]}" has lost digits in a spreadsheet: make the column a text column there and export it again`

const EXACT_DIGITS = 15
const CERTAIN_ZEROS = 3

/**
 * Fields whose long numbers have lost their last digits: a spreadsheet keeps 15 digits and writes zeros for the rest. Reported
 * when all longer numbers end in zeros, with so many zeros in total that chance is excluded.
 */
export function fieldsWithLostDigits(rows: readonly RawRow[]): (typeof identifying)[number][] {
  return identifying.filter((field) => {
    const long = rows.map((raw) => bare(raw[field] ?? '')).filter(isLong)
    const zeros = [...new Set(long)].reduce((sum, text) => sum + text.length - EXACT_DIGITS, 0)
    return zeros >= CERTAIN_ZEROS && long.every(endsInZeros)
  })
}

export const isLong = (text = ''): boolean => /^\d+$/.test(bare(text)) && bare(text).length > EXACT_DIGITS

const endsInZeros = (text: string): boolean => /^0+$/.test(text.slice(EXACT_DIGITS))
