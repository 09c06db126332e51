import Type from 'typebox'
import { Id, Name, RequestId, Revision, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

const Store = Exact({
  storeId: Id,
  name: Type.String(),
  address: Type.String(),
  hours: Type.String(),
  open: Type.Boolean(),
  revision: Revision,
})

const storeInput = { name: Name(30), address: Text(100), hours: Text(40), open: Type.Boolean() }

export const stores = {
  'GET /admin/stores': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'All stores',
    reply: Exact({ rows: Type.Array(Store) }),
  },
  'POST /admin/stores': {
    for: 'admin',
    permission: 'stores.edit',
    summary: 'Open a store',
    body: Exact({ ...storeInput, requestId: RequestId }),
    reply: Store,
  },
  'PATCH /admin/stores/:storeId': {
    for: 'admin',
    permission: 'stores.edit',
    summary: 'Change or close a store',
    params: Exact({ storeId: Id }),
    body: Exact({ ...Type.Partial(Exact(storeInput)).properties, revision: Revision }),
    refusals: ['store.unknown', 'store.orders-waiting', 'edit.outdated'],
    reply: Store,
  },
} satisfies Endpoints

export type StoresApi = ApiOf<typeof stores>
