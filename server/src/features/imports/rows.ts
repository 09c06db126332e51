import { type Day, isDay } from '@pointbook/shared/day'
import { fenFromYuan } from '@pointbook/shared/money'
import type { Line } from '../../core/earning-event.ts'

const needed = ['member_ref', 'receipt_no', 'purchased_on', 'quantity', 'amount_yuan'] as const
const optional = ['product', 'sku', 'category', 'brand'] as const

export const fields = [...needed, ...optional] as const

export type Field = (typeof fields)[number]

/** What the file calls a field, for those it calls otherwise than we do. */
export type Names = Partial<Record<Field, string>>

/** A file that cannot be read as a history at all. */
export class NoHistory extends Error {}

/** Which field each column of the header holds; null for columns nobody asked for. Throws `NoHistory` when one is missing. */
export function columnsOf(header: readonly string[], names: Names): (Field | null)[] {
  const wanted = new Map(fields.map((field) => [names[field] ?? field, field]))
  for (const field of fields) {
    const name = names[field] ?? field
    const mustBeThere = field in names || needed.some((each) => each === field)
    if (mustBeThere && !header.includes(name))
      throw new NoHistory(
        `there is no column "${name}", only ${header.join(', ')}. Name it with --columns ${field}=NAME`,
      )
  }
  return header.map((name) => wanted.get(name) ?? null)
}

export type RawRow = Partial<Record<Field, string>>

/** One purchase of the history; every line of the file is a receipt of its own. */
export interface Row {
  memberRef: string
  receiptNo: string
  on: Day
  line: Line
}

const RECEIPT = /^[A-Za-z0-9][A-Za-z0-9_./-]{0,39}$/
const MOST_FEN = 10_000_000_00
const LONGEST_REF = 50

/** Reads a row, or says why it cannot be a purchase. */
export function readRow(raw: RawRow, today: Day): Row | string {
  const { member_ref: memberRef = '', receipt_no: receiptNo = '', purchased_on: on = '' } = raw
  if (memberRef === '') return 'member_ref is missing'
  if (memberRef.length > LONGEST_REF) return `member_ref is longer than ${LONGEST_REF} characters`
  if (!RECEIPT.test(receiptNo)) return `receipt_no "${receiptNo}" is not letters, digits and _ . / - (at most 40)`
  if (!isDay(on)) return `purchased_on "${on}" is not a day such as 2026-11-21`
  if (on > today) return `purchased_on ${on} is yet to come`
  const quantity = wholeNumber(raw.quantity)
  if (quantity === null) return `quantity "${raw.quantity ?? ''}" is not a whole number from 1 to 9999`
  const amountFen = fenFromYuan(raw.amount_yuan ?? '')
  if (amountFen === null) return `amount_yuan "${raw.amount_yuan ?? ''}" is not an amount with at most two decimals`
  if (amountFen > MOST_FEN) return `amount_yuan ${raw.amount_yuan} is more than 10 million`
  const { product, sku, category, brand } = raw
  const line = {
    name: (product || '历史消费').slice(0, 60),
    ...(sku && { sku: sku.slice(0, 40) }),
    ...(category && { category: category.slice(0, 20) }),
    ...(brand && { brand: brand.slice(0, 40) }),
    quantity,
    amountFen,
  }
  return { memberRef, receiptNo, on, line }
}

const wholeNumber = (text = ''): number | null => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : null)
