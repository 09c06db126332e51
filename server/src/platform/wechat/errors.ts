/**
 * The meaning of a failed call for the feature that made it. WeChat's numbers are not used outside this folder.
 *
 * `timed-out` and `broken-off` leave the effect unknown: the call may have happened. All others say that it did not.
 */
export type WeChatFault =
  | 'code-invalid' // used, expired, replaced by a newer one or made up: ask the person for a fresh one
  | 'risky-user' // WeChat's own risk control blocks this person's login
  | 'no-credit' // the member has no message left to receive from this template
  | 'openid-unknown'
  | 'bad-argument'
  | 'busy' // try again in a moment
  | 'throttled' // try again in a minute
  | 'quota' // try again tomorrow
  | 'banned' // WeChat took the capability or the template away
  | 'config' // wrong app id, secret, template, address list, account rights: the merchant must act
  | 'unreachable'
  | 'timed-out'
  | 'broken-off'
  | 'other'

// Source: error tables of code2Session, getStableAccessToken, getPhoneNumber, getUnlimitedQRCode and
// subscribeMessage.send on developers.weixin.qq.com. Never the text: it carries request ids and changes.
const errcodes: Partial<Record<WeChatFault, readonly number[]>> = {
  'code-invalid': [40029, 40163],
  'risky-user': [40226],
  'no-credit': [43101],
  'openid-unknown': [40003],
  'bad-argument': [40002, 40097, 40129, 40169, 41001, 41008, 41030, 43002, 44002, 45168, 47001, 47003, 85096],
  busy: [-1, 43108],
  throttled: [44990, 44991, 45011],
  quota: [44993, 45009],
  banned: [43107],
  config: [
    40001, 40013, 40014, 40037, 40125, 40164, 40243, 41002, 41004, 42001, 48001, 50004, 50007, 89503, 89506, 89507,
  ],
}

const faults = new Map(
  Object.entries(errcodes).flatMap(([fault, codes]) => codes.map((code) => [code, fault as WeChatFault])),
)

/** The token was not accepted: worth one renewal, because another process may have forced a new one. */
export const tokenErrcodes: readonly number[] = [40001, 40014, 42001]

interface Particulars {
  /** The requested path, without its query, which contains secrets. */
  path: string
  kind: WeChatFault
  errcode?: number
  /** WeChat's request id, for its support. */
  rid?: string
}

/** Safe to log: it does not contain WeChat's text, which may repeat what was sent. */
export class WeChatError extends Error {
  readonly path: string
  readonly kind: WeChatFault
  readonly errcode: number | undefined
  readonly rid: string | undefined

  constructor({ path, kind, errcode, rid }: Particulars) {
    super(`WeChat ${path}: ${kind}${errcode === undefined ? '' : ` (errcode ${errcode})`}`)
    this.name = 'WeChatError'
    this.path = path
    this.kind = kind
    this.errcode = errcode
    this.rid = rid
  }

  /** True when the answer was lost: a repetition may have the effect twice. */
  get mayHaveHappened(): boolean {
    return this.kind === 'timed-out' || this.kind === 'broken-off'
  }
}

/** The failure in an answer, or undefined for a success: `errcode` missing or 0. */
export function failureOf(path: string, answer: { errcode?: unknown; errmsg?: unknown }): WeChatError | undefined {
  const errcode = Number(answer.errcode ?? 0)
  if (errcode === 0) return undefined
  const rid = /rid: ([0-9a-f-]{8,40})/.exec(String(answer.errmsg ?? ''))?.[1]
  return new WeChatError({ path, kind: faults.get(errcode) ?? 'other', errcode, rid })
}
