import Type from 'typebox'
import { Done, Id, Instant, Name, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'

const Key = {
  name: Name(30),
  /**
   * The system that reports with it: what one system reports again, under whichever of its keys, is the same report. The key's
   * name when left out.
   */
  system: Maybe(Name(30)),
  /** The stores it may act for. */
  storeIds: Type.Array(Id, { minItems: 1, maxItems: 200 }),
  /** Most requests a minute. */
  perMinute: Type.Integer({ minimum: 1, maximum: 6_000 }),
}

export const apiKeys = {
  'GET /admin/api-keys': {
    for: 'admin',
    permission: 'api-keys.read',
    summary: 'The keys of other systems, newest first, without their secrets',
    reply: Exact({
      rows: Type.Array(
        Exact({
          apiKeyId: Id,
          keyId: Type.String(),
          ...Key,
          madeAt: Instant,
          madeBy: Type.String(),
          lastUsedAt: Nullable(Instant),
          revokedAt: Nullable(Instant),
        }),
      ),
    }),
  },
  'POST /admin/api-keys': {
    for: 'admin',
    permission: 'api-keys.edit',
    summary: 'Make a key; its secret is told to this request and no other',
    body: Exact({ ...Key, requestId: RequestId }),
    refusals: ['store.unknown'],
    reply: Exact({ keyId: Type.String(), secret: Type.String() }),
  },
  'POST /admin/api-keys/:apiKeyId/revocation': {
    for: 'admin',
    permission: 'api-keys.edit',
    summary: 'Take a key out of use, at once and for good',
    params: Exact({ apiKeyId: Id }),
    refusals: ['api-key.unknown'],
    reply: Done,
  },
} satisfies Endpoints

export type ApiKeysApi = ApiOf<typeof apiKeys>
