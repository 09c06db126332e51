import { keepText, readKept } from '../kept'
import { draftsKey } from '../session/session'
import { type Draft, draftFor, nothingTyped } from './customer/draft'
import type { OpenVisit } from './visit'

const most = 20

/** The visits with input, as they were when WeChat closed the program; unreadable ones are left out. */
export function readVisits(): OpenVisit[] {
  const kept = readKept(draftsKey)
  if (!kept) return []
  try {
    const value: unknown = JSON.parse(kept)
    return Array.isArray(value) ? value.filter(isVisit).map((visit) => ({ ...visit, recorded: false })) : []
  } catch {
    return []
  }
}

/** Keeps the newest of these visits; a full storage keeps none, and they last until the program is closed. */
export const keepVisits = (visits: readonly OpenVisit[]) => keepText(draftsKey, JSON.stringify(visits.slice(-most)))

const isVisit = (value: unknown): value is OpenVisit => fits(whole, value)

const draft: Draft = { ...draftFor(''), added: [{ name: '', quantity: 0, amountFen: 0 }], typing: nothingTyped }
const member = { memberId: 0, memberNo: '', nickname: '', avatarUrl: '', phoneMasked: '', tierName: '', usable: 0 }
const whole = {
  clerkId: 0,
  storeId: 0,
  endsMs: 0,
  keptUntilMs: 0,
  visit: { by: '', visit: '', member: { ...member, standing: '' } },
  draft,
}

/** Whether a value has all fields of the sample with the same types; all elements of a list are like the sample's first. */
function fits(sample: unknown, value: unknown): boolean {
  if (Array.isArray(sample)) return Array.isArray(value) && value.every((one) => fits(sample[0], one))
  if (typeof sample !== 'object' || sample === null) return typeof value === typeof sample
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(sample).every(([key, part]) => fits(part, (value as Record<string, unknown>)[key]))
}
