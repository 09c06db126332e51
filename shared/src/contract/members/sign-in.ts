import Type from 'typebox'
import { ofActiveMember, ofNamedMember } from '../common-refusals.ts'
import { Count, cleaned, Day, Done, Id, Instant, Name, PhoneNumber, RequestId, Standing, Tokens } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { PointsSummary } from '../points/ledger.ts'
import { OwnTier } from '../points/tiers.ts'
import { AgreementVersion } from '../shop/agreement.ts'
import { StaffRole } from '../shop/staff.ts'
import { Profile } from './profile.ts'

export const WeChatCode = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })

export const Token = Type.String({ minLength: 20, maxLength: 2000, pattern: '^[A-Za-z0-9._-]+$' })

export const InviteCode = cleaned('code', { pattern: '^[A-Z0-9]{6,12}$' })

export const signIn = {
  'GET /me': {
    for: 'member',
    summary: 'The member: profile, points, tier, staff roles',
    refusals: ['member.cancelled'],
    reply: Exact({
      memberId: Id,
      memberNo: Type.String(),
      phoneMasked: Type.String(),
      standing: Standing,
      joinedAt: Instant,
      profile: Profile,
      points: PointsSummary,
      tier: Nullable(OwnTier),
      staff: Nullable(Exact({ role: StaffRole, stores: Type.Array(Exact({ storeId: Id, name: Type.String() })) })),
      unreadMessages: Count,
      /** Whether there is a newer version of the agreement than the member has agreed to. */
      agreementOutdated: Type.Boolean(),
      /** The day on which the request to leave takes effect; null without one. */
      leavingOn: Nullable(Day),
      /** Another WeChat account that asks to be bound in place of this one, and from when on it will be; null for none. */
      rebinding: Nullable(Exact({ rebindingId: Id, dueAt: Instant })),
    }),
  },
  'POST /session/wechat': {
    for: 'public',
    summary: 'Log in with a code from wx.login; a stranger gets a ticket to sign up with',
    body: Exact({ code: WeChatCode }),
    refusals: ['wechat.code-invalid', 'wechat.risky', 'wechat.unavailable', 'member.cancelled'],
    reply: Type.Union([
      Exact({ known: Type.Literal(true), tokens: Tokens }),
      Exact({
        known: Type.Literal(false),
        signUpTicket: Type.String(),
        /** When the request of this WeChat account to be bound to a member takes effect; null without one. */
        rebindingDueAt: Nullable(Instant),
      }),
    ]),
  },
  'POST /members': {
    for: 'public',
    summary: 'Sign up: the ticket says who, the phone code comes from getPhoneNumber',
    body: Exact({
      signUpTicket: Token,
      phoneCode: WeChatCode,
      nickname: Maybe(Name(20)),
      inviteCode: Maybe(InviteCode),
      /** The source of the code: an invitation, or a product that a friend shared. */
      from: Maybe(OneOf('invite', 'share')),
      agreed: Type.Literal(true),
      /** The version of the agreement that was shown. Releases before versions were counted send none. */
      agreement: Maybe(AgreementVersion),
      /** What the person states. Under 14, a guardian has consented before. Earlier releases do not ask. */
      age: Maybe(OneOf('from-14', 'under-14')),
      /** The person wants no offers that are chosen by their tags. */
      noPersonalOffers: Maybe(Type.Boolean()),
      requestId: RequestId,
    }),
    refusals: [
      'ticket.invalid',
      'agreement.changed',
      'guardian.needed',
      'guardian.same-phone',
      'code.guessed',
      'wechat.phone-code-invalid',
      'wechat.risky',
      'wechat.unavailable',
      'member.phone-taken',
      'member.unknown',
      ...ofActiveMember,
      'points.too-many',
    ],
    reply: Exact({ tokens: Tokens, welcomePoints: Type.Integer(), invitedBy: Type.String() }),
  },
  'POST /session/refresh': {
    for: 'public',
    summary: 'Trade a refresh token, once, for new tokens',
    body: Exact({ refreshToken: Token }),
    refusals: ['session.invalid', 'session.expired'],
    reply: Tokens,
  },
  'DELETE /session': {
    for: 'member',
    summary: 'Log out this device',
    reply: Done,
  },
  'POST /admin/members/:memberId/phone/reveal': {
    for: 'admin',
    permission: 'members.reveal',
    summary: 'The whole phone number of a member; each call writes a line of the audit log',
    params: Exact({ memberId: Id }),
    refusals: [...ofNamedMember, 'phone.missing'],
    reply: Exact({ phone: PhoneNumber }),
  },
} satisfies Endpoints

export type SignInApi = ApiOf<typeof signIn>
