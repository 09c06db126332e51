import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { Done, Id, Instant, PhoneNumber, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'
import { Token, WeChatCode } from './sign-in.ts'

export const rebinding = {
  'POST /members/rebinding': {
    for: 'public',
    summary:
      'Ask that a new WeChat account be bound to the member whose phone number it proves; the member is told, and may refuse for three days',
    body: Exact({ signUpTicket: Token, phoneCode: WeChatCode, requestId: RequestId }),
    refusals: [
      'ticket.invalid',
      'wechat.phone-code-invalid',
      'wechat.risky',
      'wechat.unavailable',
      'rebinding.no-member',
      'rebinding.refused',
      'member.unknown',
      'member.cancelled',
    ],
    /** From then on a log-in of the WeChat account binds it; at once for a member without WeChat account. */
    reply: Exact({ dueAt: Instant }),
  },
  'POST /me/rebinding': {
    for: 'member',
    summary: 'Refuse that another WeChat account be bound in place of this one, or let it be bound at once',
    body: Exact({ rebindingId: Id, accept: Type.Boolean() }),
    refusals: ['rebinding.over'],
    reply: Done,
  },
  'POST /admin/members/:memberId/rebinding/end': {
    for: 'admin',
    permission: 'members.identity',
    summary: 'End a request for another WeChat account, with a reason',
    params: Exact({ memberId: Id }),
    body: Exact({ reason: Reason }),
    refusals: ['rebinding.over'],
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

export type RebindingApi = ApiOf<typeof rebinding>
