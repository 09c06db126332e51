import type { Policy } from '@pointbook/shared/contract/points/policy'
import { expect } from 'vitest'
import { aPolicy } from './policies.ts'
import { admin } from './staffed-shop.ts'
import { publish } from './world.ts'

/** Publishes a policy that differs from the usual one in these parts. */
export const policyIs = async (changes: Partial<Policy>) => {
  expect((await publish(admin, aPolicy(changes))).status).toBe(200)
}

/** The refusal of a figure that has changed since it was shown. */
export const refused = (code: string, detail: object, text: string) => ({ status: 409, body: { code, detail, text } })
