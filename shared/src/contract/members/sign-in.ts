import Type from 'typebox'
import { ofActiveMember, ofNamedMember } from '../common-refusals.ts'
import {
  Count,
  cleaned,
  Day,
  Done,
  Id,
  Instant,
  Name,
  PhoneNumber,
  Reason,
  RequestId,
  Standing,
  Tokens,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { PointsSummary } from '../points/ledger.ts'
import { OwnTier } from '../points/tiers.ts'
import { StaffRole } from '../shop/staff.ts'
import { Profile } from './profile.ts'

const WeChatCode = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })

const Token = Type.String({ minLength: 20, maxLength: 2000, pattern: '^[A-Za-z0-9._-]+$' })

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
      /** The day on which the request to leave takes effect; null without one. */
      leavingOn: Nullable(Day),
    }),
  },
  'POST /session/wechat': {
    for: 'public',
    summary: 'Log in with a code from wx.login; a stranger gets a ticket to sign up with',
    body: Exact({ code: WeChatCode }),
    refusals: ['wechat.code-invalid', 'wechat.risky', 'wechat.unavailable', 'member.cancelled'],
    reply: Type.Union([
      Exact({ known: Type.Literal(true), tokens: Tokens }),
      Exact({ known: Type.Literal(false), signUpTicket: Type.String() }),
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
      requestId: RequestId,
    }),
    refusals: [
      'ticket.invalid',
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
  'POST /admin/members/:memberId/phone': {
    for: 'admin',
    permission: 'members.identity',
    summary: 'Bind another phone number to a member, with a reason; their devices are logged out',
    params: Exact({ memberId: Id }),
    body: Exact({ phone: PhoneNumber, reason: Reason, requestId: RequestId }),
    refusals: [...ofNamedMember, 'phone.taken'],
    reply: Exact({ phoneMasked: Type.String() }),
  },
  'POST /admin/members/:memberId/phone/reveal': {
    for: 'admin',
    permission: 'members.reveal',
    summary: 'The whole phone number of a member; each call writes a line of the audit log',
    params: Exact({ memberId: Id }),
    refusals: [...ofNamedMember, 'phone.missing'],
    reply: Exact({ phone: PhoneNumber }),
  },
  'POST /admin/members/:memberId/wechat/release': {
    for: 'admin',
    permission: 'members.identity',
    summary:
      'Unbind the WeChat account, with a reason; devices are logged out, and the next WeChat that signs up with the phone number is bound',
    params: Exact({ memberId: Id }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    refusals: [...ofNamedMember, 'wechat.unbound'],
    reply: Done,
  },
} satisfies Endpoints

export type SignInApi = ApiOf<typeof signIn>
