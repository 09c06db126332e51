import { readFileSync } from 'node:fs'
import { demoPolicy } from '@pointbook/config/policies/demo'
import { ruleSections } from '@pointbook/server/features/points/policy/words'
import { Policy } from '@pointbook/shared/contract/points/policy'
import { extraFields, schemeFields } from '@pointbook/shared/policy-fields/check-in'
import { bandFields, capFields, giftFields } from '@pointbook/shared/policy-fields/earning-rule'
import { extensionFields, leastFields, lifeFields } from '@pointbook/shared/policy-fields/expiry'
import type { Fields, PolicyField } from '@pointbook/shared/policy-fields/field'
import { lines } from '@pointbook/shared/policy-fields/lines'
import { partAt, parts } from '@pointbook/shared/policy-fields/parts'
import { benefitFields, levelFields, thresholdFields } from '@pointbook/shared/policy-fields/tiers'
import { merchantNames } from '@pointbook/shared/policy-words/condition'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../server/panel/src/pages/points/policy/facts.ts'
import { placeOf } from '../../server/panel/src/pages/points/policy-edit/sections.ts'
import { aRule, fullPolicy } from '../support/policies.ts'

const pathsOf = (fields: Fields, ...at: string[]) => Object.keys(fields).map((key) => [...at, key].join('.'))
const pathsByType = (variants: Record<string, Fields>, ...at: string[]) =>
  Object.entries(variants).flatMap(([type, fields]) => pathsOf(fields, ...at, type))

/** The declared fields; a list adds nothing to a path, a union the type of what it holds. */
const declared = [
  ...parts.flatMap(({ at, fields }) => pathsOf(fields, ...at)),
  ...pathsOf(capFields, 'earning', 'rules', 'caps'),
  ...pathsByType(giftFields, 'earning', 'rules', 'gift'),
  ...pathsOf(bandFields, 'earning', 'rules', 'gift', 'bands', 'bands'),
  ...pathsByType(lifeFields, 'expiry', 'life'),
  ...pathsByType(lifeFields, 'expiry', 'bySource', 'life'),
  ...pathsByType(extensionFields, 'expiry', 'extension'),
  ...Object.keys(extensionFields).flatMap((type) => pathsOf(leastFields, 'expiry', 'extension', type)),
  ...pathsByType(schemeFields, 'checkIn', 'scheme'),
  ...pathsOf(extraFields, 'checkIn', 'extras'),
  ...pathsOf({ ...levelFields, from: thresholdFields.points }, 'tiers', 'levels'),
  ...pathsOf(benefitFields, 'tiers', 'levels', 'benefits'),
]

/** Fields with an editor of their own. `tests/panel/compare-policies.test.ts` changes each of them too. */
const composite =
  /^(earning\.groups\..+|earning\.rules\.(id|name|enabled|trigger|event|from|until|group|(conditions|scope)\..+)|expiry\.bySource\.sources|expiry\.extension\.\w+\.by|checkIn\.scheme\.cycle\.days|tiers\.levels\.id)$/

interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  const?: string
  type?: string
}

/** The paths of all that a schema's documents hold, with the types of the unions on the way. */
function leavesOf({ properties, items, anyOf }: Schema, path: string[] = []): string[] {
  if (items) return leavesOf(items, path)
  if (anyOf) {
    const variants = anyOf.filter(({ type }) => type !== 'null')
    return variants.flatMap((one) => leavesOf(one, [...path, one.properties?.['type']?.const ?? ''].filter(Boolean)))
  }
  if (!properties) return [path.join('.')]
  return Object.entries(properties).flatMap(([key, part]) =>
    part.const === undefined ? leavesOf(part, [...path, key]) : [],
  )
}

const full: Policy = {
  ...fullPolicy(demoPolicy),
  earning: {
    ...demoPolicy.earning,
    rules: [
      ...demoPolicy.earning.rules,
      aRule({ id: 'cake', trigger: 'birthday', gift: { type: 'fixed', points: 9 } }),
    ],
  },
}

/** Another value that the field may hold. */
function other(field: PolicyField, value: unknown) {
  if ('choices' in field) return Object.keys(field.choices).find((key) => key !== value)
  if ('most' in field) return Number(value) < field.most ? Number(value) + 1 : Number(value) - 1
  return 'longest' in field ? `${value}2` : !value
}

function changed(at: readonly string[], key: string, field: PolicyField): Policy {
  const policy = structuredClone(full)
  const part = partAt(policy, at) as Record<string, unknown>
  part[key] = other(field, part[key] ?? field.missing)
  return policy
}

const each = parts.flatMap(({ at, fields }) =>
  Object.entries(fields).map(([key, field]) => ({
    path: [...at, key].join('.'),
    field,
    after: changed(at, key, field),
  })),
)

const names = merchantNames({ tier: (id) => id, store: (id) => `${id} 号店` })

/** Fields that members are told nothing of. */
const ofTheMerchant = ['name', 'pointsPerYuan', 'till.ownPurchases', 'reminder.fromHour', 'reminder.untilHour']

describe('the fields of the policy', () => {
  it('are each declared, and each declaration is in the contract', () => {
    const leaves = new Set(leavesOf(Policy as Schema))
    const undeclared = [...leaves].filter((path) => !declared.includes(path) && !composite.test(path))
    expect(undeclared.map((path) => `${path} needs a declaration in shared/src/policy-fields`)).toEqual([])
    const lost = declared.filter((path) => !leaves.has(path))
    expect(lost.map((path) => `${path} is missing in shared/src/contract/points/policy.ts`)).toEqual([])
    expect(leaves.size).toBeGreaterThan(100)
  })

  it('each change the line of the comparison that they are declared in', () => {
    const textIn = (policy: Policy, line: string) => factsOf(policy, names).find(({ key }) => key === line)?.text
    const silent = each.filter(({ field, after }) => textIn(after, field.line) === textIn(full, field.line))
    const missing = silent.map(
      ({ path, field }) =>
        `${path} needs words in shared/src/policy-fields, or a part in the sentence of "${field.line}"`,
    )
    expect(missing).toEqual([])
  })

  it('each change the text for members, unless the field is only for the merchant', () => {
    const read = (policy: Policy) => JSON.stringify(ruleSections(policy, (id) => `${id} 号店`, '2026-03-02'))
    const silent = each.filter(({ after }) => read(after) === read(full)).map(({ path }) => path)
    expect(silent).toEqual(expect.arrayContaining(ofTheMerchant))
    const missing = silent.filter((path) => !ofTheMerchant.includes(path))
    expect(missing.map((path) => `${path} needs a line in server/src/features/points/policy/words.ts`)).toEqual([])
  })

  it('each have a section of the form, to which their faults lead', () => {
    const paths = leavesOf(Policy as Schema)
    const lost = paths.filter((path) => !placeOf(path))
    expect(lost.map((path) => `${path} needs a place in policy-edit/sections.ts`)).toEqual([])
  })

  it('each have a card on the policy page for their area', () => {
    const picture = readFileSync('server/panel/src/pages/points/policy/policy-picture.tsx', 'utf8')
    const areas = new Set(Object.values(lines).map(({ area }) => area))
    const absent = [...areas].filter((area) => area !== lines.name.area && !picture.includes(`about('${area}')`))
    expect(absent.map((area) => `${area} needs a card in policy/policy-picture.tsx`)).toEqual([])
  })

  it('each refer only to fields and values that exist', () => {
    const wrong = parts.flatMap(({ at, fields }) =>
      Object.entries(fields).flatMap(([key, { onlyIf = {} }]) =>
        Object.entries(onlyIf)
          .filter(([sibling, values]) => !values.every((value) => isChoice(fields[sibling], value)))
          .map(([sibling]) => `${[...at, key].join('.')} asks for ${sibling}`),
      ),
    )
    expect(wrong).toEqual([])
  })
})

const isChoice = (field: PolicyField | undefined, value: string) => field?.kind === 'choice' && value in field.choices
