import Type from 'typebox'
import { Count, Instant, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'

export const backups = {
  'GET /admin/backups': {
    for: 'admin',
    permission: 'settings.read',
    summary: 'The last backup, the last proof of one, and what is kept',
    reply: Exact({
      /** Whether the server makes a backup each night. */
      nightly: Type.Boolean(),
      last: Nullable(
        Exact({
          at: Instant,
          file: Type.String(),
          bytes: Sum,
          encrypted: Type.Boolean(),
          rows: Sum,
          pictures: Count,
          /** More than two days ago. */
          isOld: Type.Boolean(),
        }),
      ),
      /** A restore aside, with an audit of its books. */
      proof: Nullable(Exact({ at: Instant, file: Type.String(), backupAt: Nullable(Instant), passed: Type.Boolean() })),
      /** Since when the nightly backup fails; null when the last one was made. */
      failingSince: Nullable(Instant),
      /** The nightly backups that are there. */
      kept: Nullable(Exact({ count: Count, oldestAt: Instant })),
    }),
  },
} satisfies Endpoints

export type BackupsApi = ApiOf<typeof backups>
