import { afterAll, beforeAll, expect } from 'vitest'
import type { ServerOptions } from './server.ts'
import { aWorld } from './world.ts'

export let world: Awaited<ReturnType<typeof aWorld>>
export let storeId: number
export let clerk: Awaited<ReturnType<typeof world.aClerk>>
export let admin: Awaited<ReturnType<typeof world.asAdmin>>

/** One shop for the tests of a file, with a store, its clerk and the merchant; its books must balance in the end. */
export function inAStaffedShop(options?: ServerOptions) {
  beforeAll(async () => {
    world = await aWorld(options)
    storeId = await world.aStore()
    clerk = await world.aClerk([storeId])
    admin = await world.asAdmin()
  })
  afterAll(async () => {
    expect((await world.audit()).checks.filter(({ passed }) => !passed)).toEqual([])
    await world.close()
  })
}
