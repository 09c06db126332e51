import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { issueTicket, readTicket, type Ticket } from '../../../platform/session/member-session.ts'
import { fromWeChat } from '../../../platform/wechat/from-wechat.ts'
import type { Server } from '../../../server.ts'

// What a person without a session has proved: the WeChat account by a ticket of the log-in, the phone number by WeChat.

const TICKET_SECONDS = 10 * 60

interface SignUpTicket extends Ticket {
  kind: 'sign-up'
  openid: string
}

export function signUpTicket(http: FastifyInstance, openid: string): string {
  const ticket: SignUpTicket = { kind: 'sign-up', openid }
  return issueTicket(http, ticket, TICKET_SECONDS)
}

/** The openid of a ticket to sign up with; throws `ticket.invalid`. */
export function provedOpenid(http: FastifyInstance, text: string): string {
  const ticket = readTicket<SignUpTicket>(http, text, 'sign-up')
  if (!ticket) throw new Refusal('ticket.invalid')
  return ticket.openid
}

/** The phone number of a code from getPhoneNumber, `+` and country code first when it is not of mainland China. */
export async function provedPhone({ wechat }: Server, phoneCode: string, openid: string): Promise<string> {
  const { phone, countryCode } = await fromWeChat(wechat.phoneNumber(phoneCode, openid), 'wechat.phone-code-invalid')
  return countryCode === '86' ? phone : `+${countryCode}${phone}`
}
