import { contract, type Operation } from '@pointbook/shared/contract/index'
import { refusals } from '@pointbook/shared/refusals'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { admitted, type Known, type Schema, spoiled } from '../support/contract-inputs.ts'
import { aPartner } from '../support/partner.ts'
import { aWorldWithWeChat } from '../support/wechat-world.ts'
import { fresh, type Speaker } from '../support/world.ts'

// Requests made from the contract's own schemas, right and spoiled, one after another against one shop.

const SECONDS = Number(process.env['POINTBOOK_FUZZ_SECONDS'] ?? 20)
const SEED = Number(process.env['POINTBOOK_FUZZ_SEED'] ?? 20_261_130)

// These operations end the caller's session, take minutes, or move the clock by a year.
const LEFT_OUT = [
  'DELETE /session',
  'DELETE /admin/session',
  'POST /admin/sessions/end-others',
  'POST /admin/clock',
  'POST /admin/backtests',
]
const operations = (Object.keys(contract) as Operation[]).filter((op) => !LEFT_OUT.includes(op))

let world: Awaited<ReturnType<typeof aWorldWithWeChat>>
let known: Known
let speakers: Record<string, Speaker>

/** Creates the callers and their store again: a request may have frozen, merged, dismissed or closed them. */
async function callIn() {
  const storeId = await world.aStore()
  const memberId = await world.aMember({ points: 10_000 })
  const clerk = await world.aClerk([storeId], 'manager')
  const partner = await aPartner(world, [storeId])
  const { code } = await (await world.asMember(memberId)).call('GET /me/code')
  const visit = await world.aVisit(clerk, memberId, storeId)
  const { receiptNo } = await world.buy(clerk, memberId, storeId, [5_000, 300])
  speakers = {
    public: world.anyone(),
    member: await world.asMember(memberId),
    clerk,
    admin: await world.asAdmin(),
    partner,
  }
  known = {
    storeId: [storeId],
    memberId: [memberId],
    doubleId: [await world.aMember()],
    memberNo: [String(memberId)],
    itemId: [await world.anItem()],
    seq: [1, 2],
    code: [code],
    visit: [visit],
    receiptNo: [receiptNo],
    requestId: [fresh(), fresh(), 'the-same-request'],
  }
}

beforeAll(async () => {
  world = await aWorldWithWeChat({ logLevel: 'error' })
  await callIn()
})
afterAll(() => world.close())

const schemaOf = (op: Operation): Schema => {
  const parts = contract[op] as { params?: Schema; query?: Schema; body?: Schema }
  const used = [parts.params, parts.query, parts.body].filter(Boolean)
  return {
    type: 'object',
    properties: Object.assign({}, ...used.map(({ properties }) => properties)),
    required: used.flatMap(({ required = [] }) => required),
  }
}

const requests = () =>
  fc.constantFrom(...operations).chain((op) => {
    const schema = schemaOf(op)
    const right = admitted(schema, known) as fc.Arbitrary<object>
    const asIs = right.map((input) => ({ op, input: input as unknown, isInvalid: false, how: 'as declared' }))
    return fc.oneof(
      asIs,
      right.chain((input) => spoiled(schema, input).map((changed) => ({ op, ...changed }))),
    )
  })

/** Codes about the caller or the rate, not about the input. */
const aboutTheCaller = (code: string) => /^(session|member|api-key|signature|rate|login|store)\./.test(code)

/** Values of an address are text, so a value that is wrong in JSON may be right there. */
const isInAddress = (op: Operation): boolean => op.startsWith('GET ') || op.startsWith('DELETE ') || op.includes(':')

it(
  `answers every request made from the contract with a reply or a refusal, and keeps its books, for ${SECONDS} s`,
  async () => {
    const counts: Record<string, number> = {}
    let asked = 0
    const until = Date.now() + SECONDS * 1_000
    let seed = SEED
    while (Date.now() < until) {
      await callIn()
      for (const { op, input, isInvalid, how } of fc.sample(requests(), { seed: seed++, numRuns: 200 })) {
        if (Date.now() >= until) break
        const { status, body } = await speakers[contract[op].for]!.ask(op, input as object)
        const summary = `seed ${seed - 1}: ${op}, ${how}: ${JSON.stringify(input)?.slice(0, 600)} → ${status} ${JSON.stringify(body)?.slice(0, 300)}`
        asked++
        counts[status] = (counts[status] ?? 0) + 1
        expect(status, summary).toBeLessThan(500)
        if (status < 400) {
          expect(isInvalid && !isInAddress(op), summary).toBe(false)
          continue
        }
        expect(Object.keys(refusals), summary).toContain(body.code)
        expect(body.text, summary).toMatch(/[\u4e00-\u9fff]/)
        if (isInvalid && !isInAddress(op) && !aboutTheCaller(body.code))
          expect(['input.invalid', 'input.too-large'], summary).toContain(body.code)
      }
      await world.settle()
    }
    const { passed, checks } = await world.audit()
    expect(passed, JSON.stringify(checks.filter((check) => !check.passed))).toBe(true)
    console.log(`${asked} requests, answers by status: ${JSON.stringify(counts)}`)
    expect(asked).toBeGreaterThan(SECONDS)
  },
  SECONDS * 1_000 + 120_000,
)
