import { members } from '@pointbook/server/features/members/directory/tables'
import { contract, type Operation } from '@pointbook/shared/contract/index'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPartner } from '../../support/partner.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let storeId: number
let memberId: number
let member: Speaker

beforeAll(async () => {
  world = await aWorld()
  storeId = await world.aStore()
  memberId = await world.aMember({ points: 100 })
  member = await world.asMember(memberId)
})
afterAll(() => world.close())

const refused = { status: 400, body: { code: 'input.invalid' } }

describe('a request that carries more than its operation declares (FS1)', () => {
  const rowOf = async () => (await world.db.select().from(members).where(eq(members.id, memberId)))[0]

  it.each([
    'tags=VIP&tags=x',
    'id=9223372036854775807',
    'openid=somebody-else',
    'phoneHash=x',
    'joinedAt=1990-01-01T00:00:00.000Z',
    'avatarUrl=/files/x.png',
    'memberId=1',
    '__proto__=1',
    'nickname=%E6%94%B9',
  ])('changes nothing of the member by POST /me/profile?%s', async (query) => {
    const before = await rowOf()
    expect(await member.ask('POST /me/profile', { address: '人民路 1 号' }, query)).toMatchObject(refused)
    expect(await rowOf()).toEqual(before)
  })

  it('records no purchase with a coupon from the address', async () => {
    const clerk = await world.aClerk([storeId])
    const visit = await world.aVisit(clerk, memberId, storeId)
    const receipt = { visit, storeId, receiptNo: fresh('R'), lines: [{ name: '茶', quantity: 1, amountFen: 10_000 }] }
    for (const op of ['POST /clerk/purchases', 'POST /clerk/purchases/preview'])
      expect(await clerk.ask(op, receipt, 'couponFen=-100000')).toMatchObject(refused)
    const { amountFen } = await clerk.call('POST /clerk/purchases', receipt)
    expect(amountFen).toBe(10_000)
  })

  it('gives no points for a quantity from the address', async () => {
    const partner = await aPartner(world, [storeId])
    const event = { eventId: fresh('e'), type: 'event', code: 'stay', member: { memberNo: '10000001' } }
    for (const query of ['quantity=1000000', 'quantity=1.5', 'amountFen=100'])
      expect(await partner.ask('POST /open/events', event, query)).toMatchObject(refused)
  })

  it('is refused when the operation takes a body without fields', async () => {
    expect(await member.ask('POST /me/check-ins', { on: '2026-03-01' })).toMatchObject(refused)
    expect(await member.ask('POST /me/check-ins')).toMatchObject({ status: 200 })
  })
})

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema is what it is
type Schema = any

/** Paths of objects below a schema that admit undeclared fields. */
function openObjects(schema: Schema, path: string): string[] {
  if (!schema || typeof schema !== 'object') return []
  const below = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? [['[]', schema.items]] : []),
    ...(schema.anyOf ?? []).map((branch: Schema, index: number) => [`|${index}`, branch]),
  ] as [string, Schema][]
  const isOpen = schema.type === 'object' && schema.additionalProperties !== false && !schema.patternProperties
  return [...(isOpen ? [path] : []), ...below.flatMap(([name, part]) => openObjects(part, `${path}.${name}`))]
}

it('is closed at every depth of every input that the contract declares (FS1)', () => {
  const open = (Object.keys(contract) as Operation[]).flatMap((op) => {
    const { params, query, body } = contract[op] as Record<string, Schema>
    return [params, query, body].flatMap((part) => openObjects(part, op))
  })
  expect(open).toEqual([])
})
