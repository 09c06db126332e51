import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { Done, Id, Instant, Revision } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'

export const StaffRole = OneOf('clerk', 'manager')

export const staff = {
  'GET /admin/staff': {
    for: 'admin',
    permission: 'staff.read',
    confined: true,
    summary: 'Who may work at which stores',
    reply: Exact({
      rows: Type.Array(
        Exact({
          memberId: Id,
          memberNo: Type.String(),
          nickname: Type.String(),
          phoneMasked: Type.String(),
          role: StaffRole,
          storeIds: Type.Array(Id),
          since: Instant,
          revision: Revision,
        }),
      ),
    }),
  },
  'PUT /admin/staff/:memberId': {
    for: 'admin',
    permission: 'staff.edit',
    confined: true,
    summary: 'Give a member a staff role at stores',
    params: Exact({ memberId: Id }),
    body: Exact({
      role: StaffRole,
      storeIds: Type.Array(Id, { minItems: 1, maxItems: 500 }),
      /** Null for a member who has no role yet. */
      revision: Nullable(Revision),
    }),
    refusals: [...ofNamedMember, 'store.unknown', 'edit.outdated'],
    reply: Done,
  },
  'DELETE /admin/staff/:memberId': {
    for: 'admin',
    permission: 'staff.edit',
    confined: true,
    summary: 'Take the staff role away, at once',
    params: Exact({ memberId: Id }),
    refusals: ['staff.unknown'],
    reply: Done,
  },
} satisfies Endpoints

export type StaffApi = ApiOf<typeof staff>
