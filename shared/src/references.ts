import type { Cause } from './words.ts'

// References are stored as text in entries, orders and the audit log. They are written and parsed here only.

export type MemberRef = `member/${number}`
export type ClerkRef = `clerk/${number}`
export type AdminRef = `admin/${string}`
export type PartnerRef = `partner/${number}`
export type AddressRef = `address/${string}`

/**
 * The cause of an entry or a change: a person or a system. `address/…` is a caller who is not logged in; `clerk/…` has the member
 * id of the clerk.
 */
export type ActorRef = MemberRef | ClerkRef | AdminRef | PartnerRef | AddressRef | 'system'

/** Kinds of subjects that have a number. */
type Numbered = 'store' | 'item' | 'coupon' | 'policy' | 'case' | 'compensation' | 'announcement' | 'api-key'
/** Subjects without a number. */
type Single = 'admin' | 'policy' | 'settings' | 'cards' | 'clock' | 'history' | 'backup'

/** The subject of an audit log line. */
export type SubjectRef = MemberRef | AdminRef | AddressRef | `${Numbered}/${number}` | Single

export const memberRef = (memberId: number): MemberRef => `member/${memberId}`
export const clerkRef = (memberId: number): ClerkRef => `clerk/${memberId}`
export const adminRef = (login: string): AdminRef => `admin/${login}`
export const partnerRef = (apiKeyId: number): PartnerRef => `partner/${apiKeyId}`
export const addressRef = (address: string): AddressRef => `address/${address}`
export const subjectRef = <K extends Numbered>(kind: K, id: number): `${K}/${number}` => `${kind}/${id}`

const numbered = [
  'member',
  'clerk',
  'partner',
  'store',
  'item',
  'coupon',
  'policy',
  'case',
  'compensation',
  'announcement',
  'api-key',
] as const
const named = ['admin', 'address'] as const
const single = ['system', 'admin', 'policy', 'settings', 'cards', 'clock', 'history', 'backup'] as const

/** An actor or a subject. */
export type ParsedReference =
  | { kind: (typeof numbered)[number]; id: number }
  | { kind: (typeof named)[number]; id: string }
  | { kind: (typeof single)[number]; id: null }

/** Undefined for text that no builder writes. */
export function parseReference(text: string): ParsedReference | undefined {
  const parts = split(text)
  if (!parts) return kindIn(single, text, null)
  const [kind, id] = parts
  const number = parseId(id)
  return (
    (number === undefined ? undefined : kindIn(numbered, kind, number)) ?? (id ? kindIn(named, kind, id) : undefined)
  )
}

/** Whether a reference is of this kind and names one of it. */
export const isOfKind = (reference: string, kind: Exclude<ParsedReference, { id: null }>['kind']): boolean =>
  reference.startsWith(`${kind}/`)

const kindIn = <K extends string, Id>(kinds: readonly K[], text: string, id: Id): { kind: K; id: Id } | undefined => {
  const kind = kinds.find((one) => one === text)
  return kind && { kind, id }
}

/** A purchase by its store and its receipt number, such as `3/A-77`. */
export type PurchaseRef = `${number}/${string}`

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): PurchaseRef =>
  `${storeId}/${receiptNo}`

export function parsePurchaseRef(text: string): { storeId: number; receiptNo: string } | undefined {
  const [store, receiptNo] = split(text) ?? []
  const storeId = parseId(store)
  return storeId === undefined || !receiptNo ? undefined : { storeId, receiptNo }
}

/** An entry of a member, or the lot it opened, such as `7/12`. */
export type EntryRef = `${number}/${number}`

export const entryRef = (memberId: number, seq: number): EntryRef => `${memberId}/${seq}`

export function parseEntryRef(text: string): { memberId: number; seq: number } | undefined {
  const [memberId, seq] = split(text)?.map(parseId) ?? []
  return memberId === undefined || seq === undefined ? undefined : { memberId, seq }
}

/** Points taken in a case, by the entry that had given them, such as `3/12`. */
export type TakingRef = `${number}/${number}`

export const takingRef = (caseId: number, seq: number): TakingRef => `${caseId}/${seq}`

export function parseTakingRef(text: string): { caseId: number; seq: number } | undefined {
  const [caseId, seq] = split(text)?.map(parseId) ?? []
  return caseId === undefined || seq === undefined ? undefined : { caseId, seq }
}

/** An event that another system reported with an API key, such as `2/order-9`. */
export type ReportRef = `${number}/${string}`

export const reportRef = (apiKeyId: number, eventId: string): ReportRef => `${apiKeyId}/${eventId}`

const purchaseCauses = ['purchase', 'return', 'offset', 'offset-return', 'confirmation'] as const satisfies Cause[]

/** The type of an entry's `ref`, by the entry's cause. */
export type RefOf<C extends Cause> = C extends (typeof purchaseCauses)[number]
  ? PurchaseRef
  : C extends 'unlawful'
    ? TakingRef
    : string

/** Whether the `ref` of an entry with this cause is a purchase. */
export const namesPurchase = (cause: Cause): boolean => (purchaseCauses as readonly Cause[]).includes(cause)

/** The parts before and after the first stroke. */
function split(text: string): [string, string] | undefined {
  const at = text.indexOf('/')
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 1)]
}

/** An id as the builders write it: no sign, no leading zero. */
function parseId(text: string | undefined): number | undefined {
  const id = Number(text)
  return Number.isSafeInteger(id) && id >= 0 && String(id) === text ? id : undefined
}
