import type { Api } from '@pointbook/shared/contract/index'

export type Purchase = Api['GET /clerk/purchases/:storeId/:receiptNo']['reply']
export type PurchaseLine = Purchase['lines'][number]
