import Type, { type TStringOptions } from 'typebox'
import { MOST_FEN, MOST_POINTS } from '../quantities.ts'
import { RECEIPT_NO } from '../receipt-no.ts'
import { Exact, Nullable, OneOf } from './http.ts'

/** Points: whole numbers, never fractions. */
export const Points = Type.Integer({ minimum: 0, maximum: MOST_POINTS })
export const PointsDelta = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })
/** A sum of points or fen over members, purchases or time: exact, and larger than a single amount may be. */
export const Sum = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
/** Money: integer fen (1/100 yuan). */
export const AmountFen = Type.Integer({ minimum: 0, maximum: MOST_FEN })
/** The most that the lines of one receipt may cost together, fen: 20 million yuan. */
export const MOST_TOTAL_FEN = 20_000_000_00
/** Money of a whole receipt. */
export const TotalFen = Type.Integer({ minimum: 0, maximum: MOST_TOTAL_FEN })
export const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
export const Quantity = Type.Integer({ minimum: 1, maximum: 9_999 })

export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** A number of an entry in one member's ledger, from 1. */
export const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
/** The revision of an editable value that was read. A change sends it, so that nobody overwrites a change they have not seen. */
export const Revision = Type.String({ pattern: '^[0-9a-f]{16}$' })
/** Created once for one intention of a person and reused in every retry, so that sending again is safe. */
export const RequestId = Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' })
export const Cursor = Type.String({ minLength: 1, maxLength: 100 })
export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 20 })

/** A calendar day at the shop, `YYYY-MM-DD`. */
export const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
/** An instant in UTC, ISO 8601 with milliseconds and `Z`. */
export const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' })

/** How the server cleans a text before it is checked; the bounds apply to the cleaned text. The parsers are those of `shared`. */
export type Cleaning = 'line' | 'text' | 'name' | 'code' | 'digits' | 'phone' | 'login'

export const cleaned = (how: Cleaning, bounds: TStringOptions) => Type.String({ 'x-clean': how, ...bounds })

const SOMETHING = '^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$'

/** One line of text a person typed: no control characters, not blank. */
export const Line = (maxLength: number) => cleaned('line', { maxLength, pattern: SOMETHING })
/** A name of a thing or person. Full-width letters and digits become normal ones (NFKC). */
export const Name = (maxLength: number) => cleaned('name', { maxLength, pattern: SOMETHING })
export const Text = (maxLength: number) =>
  cleaned('text', { maxLength, pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\p{Cs}]*$' })
/** A search text, '' for everything. */
export const Search = (maxLength: number) => cleaned('name', { maxLength, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })
export const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
/** The reason of a change by hand; the ledger has it as the entry's reference. */
export const Reason = Line(100)

export const ReceiptNo = cleaned('code', { pattern: RECEIPT_NO })
/** A code that a till scans or a clerk types: digits of any width, in groups or not. */
export const ScannedCode = cleaned('digits', { minLength: 4, maxLength: 64, pattern: '^[0-9]+$' })
/** Twelve digits on a physical card, the last a check digit. */
export const CardNo = cleaned('digits', { pattern: '^6\\d{11}$' })
/** A clerk's right to serve one member for a quarter of an hour. */
export const Visit = Type.String({ minLength: 20, maxLength: 1000, pattern: '^[A-Za-z0-9._-]+$' })
/** Digits of a number in China, with `+` and the country before them outside. */
export const PhoneNumber = cleaned('phone', { pattern: '^(1\\d{10}|\\+[1-9]\\d{5,14})$' })
/** Identifies an order by the ledger entry that paid it: member id, dash, entry number. */
export const OrderNo = Type.String({ pattern: '^[1-9]\\d{0,15}-[1-9]\\d{0,9}$' })
/** The address of a picture that was uploaded here (`/files/…`), or '' for none. */
export const PictureUrl = Type.String({ maxLength: 200, pattern: '^(/files/[0-9a-f]{32}\\.(webp|png|jpg))?$' })
/** A PNG, JPEG or WebP as bare base64, at most 1.5 MB before encoding. */
export const PictureData = Type.String({ minLength: 16, maxLength: 2_000_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' })

export const Standing = OneOf('active', 'frozen', 'cancelled')

export const Tokens = Exact({
  accessToken: Type.String(),
  refreshToken: Type.String(),
  /** Seconds until the access token ends. */
  expiresInSeconds: Type.Integer(),
})

/** The explanation of one rule in words: the points it gave, or why it gave none. */
export const ExplanationLine = Exact({
  ruleId: Type.String(),
  name: Type.String(),
  points: PointsDelta,
  matched: Type.Boolean(),
  text: Type.String(),
})

export const EntryKind = OneOf('earn', 'spend', 'expire', 'return', 'give-back', 'adjust', 'repay', 'merge', 'redate')

export const Entry = Exact({
  seq: Seq,
  kind: EntryKind,
  title: Type.String(),
  delta: PointsDelta,
  balanceAfter: PointsDelta,
  at: Instant,
  /** Set on entries that opened a lot: its last usable day; null means it never expires. */
  expiresOn: Nullable(Day),
})

export const EntryDetail = Exact({
  ...Entry.properties,
  policyVersion: Type.Integer(),
  why: Type.Array(ExplanationLine),
  /** Facts in words, one a line: the receipt, the store, the reason. */
  facts: Type.Array(Exact({ label: Type.String(), value: Type.String() })),
  /** The lots that this entry took points from (negative) or gave points back to. */
  draws: Type.Array(Exact({ lotSeq: Seq, points: PointsDelta, earnedAt: Instant, expiresOn: Nullable(Day) })),
})

export const Done = Exact({ done: Type.Literal(true) })
