import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { Id, Instant, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { AgreementVersion } from '../shop/agreement.ts'

const OptionalPurpose = OneOf('reminders', 'personal-offers', 'birthday')

/** A version that a member has agreed to; 0 for one of before versions were counted. */
const KnownVersion = Type.Integer({ minimum: 0 })

const Consents = Exact({
  agreement: Exact({
    /** The newest version, and what is new in it. */
    version: AgreementVersion,
    publishedAt: Instant,
    changes: Type.String(),
    agreedVersion: KnownVersion,
    /** When the member agreed to `agreedVersion`; null where that is not known. */
    agreedAt: Nullable(Instant),
  }),
  purposes: Type.Array(
    Exact({
      purpose: OptionalPurpose,
      /** Whether the shop may use data for it. */
      allowed: Type.Boolean(),
      /** When the member last said yes or no; null for never, which counts as yes. */
      saidAt: Nullable(Instant),
      version: Nullable(KnownVersion),
    }),
  ),
  /** The guardian who consented for a member who joined under 14; null for all others. */
  guardian: Nullable(
    Exact({
      phoneMasked: Type.String(),
      version: KnownVersion,
      confirmedAt: Instant,
      withdrawnAt: Nullable(Instant),
    }),
  ),
  /** The newest first, 100 at most. */
  history: Type.Array(
    Exact({
      consentId: Id,
      subject: OneOf('service', 'reminders', 'personal-offers', 'birthday', 'age'),
      given: Type.Boolean(),
      version: KnownVersion,
      place: OneOf('sign-up', 'start', 'privacy', 'profile', 'panel', 'merge'),
      at: Instant,
      /** Why the merchant recorded it; '' for the member. */
      reason: Type.String(),
    }),
  ),
})

export const consents = {
  'GET /me/consents': {
    for: 'member',
    summary: 'What the member has agreed to: the agreement, each purpose, and the history',
    reply: Consents,
  },
  'POST /me/consents': {
    for: 'member',
    summary: 'Allow or refuse a purpose; with a refused birthday, the birthday itself may be deleted',
    body: Exact({
      purpose: OptionalPurpose,
      allowed: Type.Boolean(),
      /** Only with `birthday` refused. */
      eraseBirthday: Maybe(Type.Boolean()),
      requestId: RequestId,
    }),
    refusals: ['member.cancelled', 'consent.of-child'],
    reply: Consents,
  },
  'POST /me/agreement': {
    for: 'member',
    summary: 'Agree to the version of the agreement that was shown',
    body: Exact({ version: AgreementVersion, requestId: RequestId }),
    refusals: ['member.cancelled', 'agreement.changed'],
    reply: Consents,
  },
  'GET /admin/members/:memberId/consents': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: 'The same for the merchant',
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown'],
    reply: Consents,
  },
  'POST /admin/members/:memberId/consents/refusal': {
    for: 'admin',
    permission: 'privacy.handle',
    summary: 'Record that a member who told the shop refuses a purpose; only members themselves can allow one',
    params: Exact({ memberId: Id }),
    body: Exact({ purpose: OptionalPurpose, reason: Reason, requestId: RequestId }),
    refusals: [...ofNamedMember],
    reply: Consents,
  },
} satisfies Endpoints

export type ConsentsApi = ApiOf<typeof consents>
