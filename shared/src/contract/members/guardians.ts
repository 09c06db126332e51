import Type from 'typebox'
import { Id, Instant, PhoneNumber, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'
import { AgreementVersion } from '../shop/agreement.ts'
import { Token, WeChatCode } from './sign-in.ts'

/** The code of a request: 256 bits, in a link that the child sends to the guardian. */
const GuardianCode = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

const RequestState = Exact({
  /** `none` for no request, or one whose time is over. */
  state: OneOf('none', 'asked', 'confirmed'),
  /** Until when the guardian can confirm or, once confirmed, the child can join; null for none. */
  endsAt: Nullable(Instant),
  /** The guardian's number, masked; '' before the confirmation. */
  phoneMasked: Type.String(),
})

export const guardians = {
  'POST /guardian-requests': {
    for: 'public',
    summary: 'A person under 14 asks a guardian: a code for a link, which replaces an earlier one',
    body: Exact({ signUpTicket: Token }),
    refusals: ['ticket.invalid', 'guardian.confirmed', 'guardian.too-many'],
    reply: Exact({ code: Type.String(), endsAt: Instant }),
  },
  'POST /guardian-requests/state': {
    for: 'public',
    summary: 'Whether a guardian has confirmed the request of the person with this ticket',
    body: Exact({ signUpTicket: Token }),
    refusals: ['ticket.invalid'],
    reply: RequestState,
  },
  'POST /guardian-requests/opened': {
    for: 'public',
    summary: 'The guardian opens the link: the state of the request, and a ticket to confirm it with',
    body: Exact({ guardianCode: GuardianCode, loginCode: WeChatCode }),
    refusals: ['wechat.code-invalid', 'wechat.risky', 'wechat.unavailable', 'guardian.link-over'],
    reply: Exact({ state: OneOf('asked', 'confirmed'), endsAt: Instant, guardianTicket: Type.String() }),
  },
  'POST /guardian-requests/confirmation': {
    for: 'public',
    summary: 'The guardian agrees to the version that was shown and proves a phone number; once a request',
    body: Exact({
      guardianCode: GuardianCode,
      guardianTicket: Token,
      phoneCode: WeChatCode,
      agreement: AgreementVersion,
      requestId: RequestId,
    }),
    refusals: [
      'ticket.invalid',
      'agreement.changed',
      'guardian.link-over',
      'guardian.confirmed',
      'guardian.same-person',
      'guardian.is-child',
      'wechat.phone-code-invalid',
      'wechat.risky',
      'wechat.unavailable',
    ],
    reply: RequestState,
  },
  'POST /admin/members/:memberId/guardian/reveal': {
    for: 'admin',
    permission: 'members.reveal',
    summary: 'The whole phone number of the guardian; each call writes a line of the audit log',
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown', 'guardian.none'],
    reply: Exact({ phone: PhoneNumber }),
  },
} satisfies Endpoints

export type GuardiansApi = ApiOf<typeof guardians>
