import Type from 'typebox'
import { Done, Line } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

const LoggedInAdmin = Exact({ login: Type.String(), name: Type.String() })

export const accounts = {
  'POST /admin/session': {
    for: 'public',
    summary: 'Log in to the panel; sets an httpOnly cookie',
    body: Exact({ login: Line(40), password: Type.String({ minLength: 1, maxLength: 200 }) }),
    refusals: ['session.elsewhere', 'login.wrong', 'login.locked'],
    reply: LoggedInAdmin,
  },
  'GET /admin/session': { for: 'admin', summary: 'Who is logged in', reply: LoggedInAdmin },
  'DELETE /admin/session': { for: 'admin', summary: 'Log out', reply: Done },
} satisfies Endpoints

export type AccountsApi = ApiOf<typeof accounts>
