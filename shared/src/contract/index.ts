import { type AdminApi, admin } from './admin.ts'
import { type ClerkApi, clerk } from './clerk.ts'
import { type MallApi, mall } from './mall.ts'
import { type MeApi, me } from './me.ts'
import { type SessionApi, session } from './session.ts'
import { type ShopApi, shop } from './shop.ts'

/** Every operation, once: the route, both clients and the API reference are made from it. */
export const contract = { ...shop, ...session, ...me, ...mall, ...clerk, ...admin }

export interface Api extends ShopApi, SessionApi, MeApi, MallApi, ClerkApi, AdminApi {}

export type Operation = keyof Api
