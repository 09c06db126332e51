import Type from 'typebox'
import { grantable } from '../../permissions.ts'
import { Count, cleaned, Done, Id, Instant, Name, RequestId, Revision } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'

/** Log-in names have lower-case letters; another case or width is the same name. */
const Login = cleaned('login', { maxLength: 40, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })
const NewLogin = cleaned('login', { pattern: '^[a-z0-9][a-z0-9._-]{2,39}$' })
const GivenPassword = Type.String({ minLength: 1, maxLength: 200 })
/** OWASP ASVS 4.0.3, 2.1.1 and 2.1.2: at least 12 characters, at most 128. */
const NewPassword = Type.String({ minLength: 12, maxLength: 128 })
/** Six digits of the authenticator, or a recovery code. */
const Code = cleaned('code', { maxLength: 20, pattern: '^[A-Za-z0-9-]{6,20}$' })

/** `own/ID` is a role of the shop's own. */
const RoleKey = Type.String({ pattern: '^(owner|manager|lead|finance|service|reader|own/[1-9]\\d{0,15})$' })

/** Who must use a second factor. */
const Demanded = OneOf('nobody', 'owner-finance', 'everybody')

const SessionId = Type.String({ pattern: '^[0-9a-f]{16}$' })

const Session = Exact({
  login: Type.String(),
  name: Type.String(),
  roleText: Type.String(),
  /** The operations that the account may use; the panel hides the others. */
  operations: Type.Array(Type.String()),
  /** The stores that the account is confined to; null for all. */
  storeIds: Nullable(Type.Array(Id)),
  /** What the account must do before anything else. */
  due: Nullable(OneOf('password', 'common-password', 'second-factor')),
  secondFactor: Type.Boolean(),
})

const accountFields = {
  name: Name(20),
  role: RoleKey,
  /** The stores that the account is confined to; null for all. */
  storeIds: Nullable(Type.Array(Id, { minItems: 1, maxItems: 200 })),
}

const Account = Exact({
  login: Type.String(),
  ...accountFields,
  roleText: Type.String(),
  active: Type.Boolean(),
  secondFactor: Type.Boolean(),
  /** Whether the account still has its one-time password. */
  invited: Type.Boolean(),
  lastLogInAt: Nullable(Instant),
  revision: Revision,
})

/** A password that works once, within seven days; told to this request and no other. */
const OneTimePassword = Exact({ login: Type.String(), password: Type.String(), endsAt: Instant })

const roleFields = {
  name: Name(12),
  permissions: Type.Array(Type.Enum(grantable), { minItems: 1, maxItems: 60 }),
}

const OwnRole = Exact({
  roleId: Id,
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  accounts: Count,
  revision: Revision,
})

export const accounts = {
  'POST /admin/session': {
    for: 'public',
    summary: 'Log in to the panel; sets an httpOnly cookie',
    body: Exact({ login: Login, password: GivenPassword, code: Maybe(Code) }),
    refusals: [
      'session.elsewhere',
      'login.wrong',
      'login.locked',
      'login.strangers-locked',
      'login.code-missing',
      'login.code-wrong',
      'login.password-expired',
    ],
    reply: Session,
  },
  'GET /admin/session': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    setUp: true,
    summary: 'Who is logged in, and what they may do',
    reply: Session,
  },
  'DELETE /admin/session': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    setUp: true,
    summary: 'Log out',
    reply: Done,
  },
  'PUT /admin/session/password': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    setUp: true,
    summary: 'Choose another password; ends the other log-ins of the account',
    body: Exact({ password: GivenPassword, newPassword: NewPassword }),
    refusals: ['password.wrong', 'password.common', 'password.same', 'login.locked', 'login.strangers-locked'],
    reply: Done,
  },
  'POST /admin/session/second-factor': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    setUp: true,
    summary: 'Begin to set up the second factor: the secret for an authenticator, not in force before its first code',
    body: Exact({ password: GivenPassword }),
    refusals: ['password.wrong', 'login.locked', 'login.strangers-locked'],
    reply: Exact({ secret: Type.String(), uri: Type.String() }),
  },
  'PUT /admin/session/second-factor': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    setUp: true,
    summary: 'Put the second factor in force with its first code; the reply has the recovery codes, once',
    body: Exact({ code: Code }),
    refusals: ['second-factor.missing', 'second-factor.wrong', 'login.locked', 'login.strangers-locked'],
    reply: Exact({ recoveryCodes: Type.Array(Type.String()) }),
  },
  'POST /admin/session/second-factor/end': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'Give up the second factor',
    body: Exact({ password: GivenPassword }),
    refusals: ['password.wrong', 'second-factor.demanded', 'login.locked', 'login.strangers-locked'],
    reply: Done,
  },
  'GET /admin/sessions': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'The open log-ins of the account, the latest first',
    reply: Exact({
      rows: Type.Array(
        Exact({
          sessionId: SessionId,
          address: Type.String(),
          device: Type.String(),
          /** Null for a log-in of the previous release. */
          openedAt: Nullable(Instant),
          lastSeenAt: Nullable(Instant),
          current: Type.Boolean(),
        }),
      ),
    }),
  },
  'POST /admin/sessions/:sessionId/end': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'End a log-in of the account, and forget its device',
    params: Exact({ sessionId: SessionId }),
    body: Exact({ password: GivenPassword }),
    refusals: ['panel-session.unknown', 'password.wrong', 'login.locked', 'login.strangers-locked'],
    reply: Done,
  },
  'POST /admin/sessions/end-others': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'End every log-in of the account but this one, and forget their devices',
    body: Exact({ password: GivenPassword }),
    refusals: ['password.wrong', 'login.locked', 'login.strangers-locked'],
    reply: Exact({ ended: Count }),
  },
  'GET /admin/accounts': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'The accounts of the panel, in order of their names',
    reply: Exact({
      rows: Type.Array(Account),
      demanded: Demanded,
    }),
  },
  'POST /admin/accounts': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Add an account with a one-time password',
    body: Exact({ login: NewLogin, ...accountFields, requestId: RequestId }),
    refusals: ['account.taken', 'account.owner-confined', 'role.unknown', 'store.unknown'],
    reply: OneTimePassword,
  },
  'PATCH /admin/accounts/:login': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Change name, role, stores or state of an account; a stop ends its log-ins',
    params: Exact({ login: Login }),
    body: Exact({ ...accountFields, active: Type.Boolean(), revision: Revision }),
    refusals: [
      'account.unknown',
      'account.own',
      'account.last-owner',
      'account.owner-confined',
      'role.unknown',
      'store.unknown',
      'edit.outdated',
    ],
    reply: Exact({ revision: Revision }),
  },
  'POST /admin/accounts/:login/reset': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Give an account a one-time password, take its second factor away and end its log-ins',
    params: Exact({ login: Login }),
    body: Exact({ requestId: RequestId }),
    refusals: ['account.unknown', 'account.own', 'account.inactive'],
    reply: OneTimePassword,
  },
  'PUT /admin/accounts-rule': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Who must use a second factor',
    body: Exact({ demanded: Demanded }),
    refusals: ['second-factor.own-first'],
    reply: Done,
  },
  'GET /admin/roles': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'The roles of the shop’s own, and what every role may do',
    reply: Exact({
      permissions: Type.Array(Exact({ permission: Type.String(), text: Type.String(), confined: Type.Boolean() })),
      builtIn: Type.Array(
        Exact({
          role: Type.String(),
          text: Type.String(),
          hint: Type.String(),
          permissions: Type.Array(Type.String()),
        }),
      ),
      own: Type.Array(OwnRole),
    }),
  },
  'POST /admin/roles': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Add a role of the shop’s own',
    body: Exact({ ...roleFields, requestId: RequestId }),
    refusals: ['role.taken'],
    reply: Exact({ roleId: Id }),
  },
  'PATCH /admin/roles/:roleId': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Change a role of the shop’s own, at once for all its accounts',
    params: Exact({ roleId: Id }),
    body: Exact({ ...roleFields, revision: Revision }),
    refusals: ['role.unknown', 'role.taken', 'edit.outdated'],
    reply: Exact({ revision: Revision }),
  },
  'DELETE /admin/roles/:roleId': {
    for: 'admin',
    permission: 'accounts.manage',
    summary: 'Remove a role that no account has',
    params: Exact({ roleId: Id }),
    refusals: ['role.unknown', 'role.in-use'],
    reply: Done,
  },
} satisfies Endpoints

export type AccountsApi = ApiOf<typeof accounts>
