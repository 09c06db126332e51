import Type from 'typebox'
import { cleaned, Done, Name, RequestId, Tokens } from './fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, OneOf } from './http.ts'

const WeChatCode = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })
const Token = Type.String({ minLength: 20, maxLength: 2000, pattern: '^[A-Za-z0-9._-]+$' })
export const InviteCode = cleaned('code', { pattern: '^[A-Z0-9]{6,12}$' })

export const session = {
  'POST /session/wechat': {
    for: 'public',
    summary: 'Log in with a code from wx.login; a stranger gets a ticket to sign up with',
    body: Exact({ code: WeChatCode }),
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
      /** How the code came: with an invitation, or with a product that a friend shared. */
      from: Maybe(OneOf('invite', 'share')),
      agreed: Type.Literal(true),
      requestId: RequestId,
    }),
    reply: Exact({ tokens: Tokens, welcomePoints: Type.Integer(), invitedBy: Type.String() }),
  },
  'POST /session/refresh': {
    for: 'public',
    summary: 'Trade a refresh token, once, for new tokens',
    body: Exact({ refreshToken: Token }),
    reply: Tokens,
  },
  'DELETE /session': {
    for: 'member',
    summary: 'Log out this device',
    reply: Done,
  },
} satisfies Endpoints

export const StaffRole = OneOf('clerk', 'manager')

export type SessionApi = ApiOf<typeof session>
