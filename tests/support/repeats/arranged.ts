import { care } from './care.ts'
import { connections } from './connections.ts'
import { earning } from './earning.ts'
import { members } from './members.ts'
import { points } from './points.ts'
import { shop } from './shop.ts'
import type { Arranged } from './shop-of-all.ts'
import { spending } from './spending.ts'

export const arranged: Arranged = { ...care, ...connections, ...earning, ...members, ...points, ...shop, ...spending }
