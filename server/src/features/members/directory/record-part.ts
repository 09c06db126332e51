import type { MemberRecordApi } from '@pointbook/shared/contract/members/record'
import type { Day } from '@pointbook/shared/day'
import type { AccountRow } from '../../../book/tables.ts'
import type { Server } from '../../../server.ts'

export type MemberRecord = MemberRecordApi['GET /admin/members/:memberId']['reply']

/** The member whose record is read. */
export interface RecordSubject {
  memberId: number
  account: AccountRow
  today: Day
}

/** A feature's part in the merchant's record of a member: reads the fields that the feature adds. */
export type RecordPart<Field extends keyof MemberRecord> = (
  server: Server,
  subject: RecordSubject,
) => Promise<Pick<MemberRecord, Field>>

export type AnyRecordPart = (server: Server, subject: RecordSubject) => Promise<Partial<MemberRecord>>
