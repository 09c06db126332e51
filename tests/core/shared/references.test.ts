import {
  addressRef,
  adminRef,
  clerkRef,
  entryRef,
  isOfKind,
  memberRef,
  namesPurchase,
  parseEntryRef,
  parsePurchaseRef,
  parseReference,
  parseTakingRef,
  partnerRef,
  purchaseRef,
  subjectRef,
  takingRef,
} from '@pointbook/shared/references'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const id = fc.maxSafeNat()
const text = fc.string({ minLength: 1 })

describe('references', () => {
  it('are stored in the form that the books already hold', () => {
    expect([memberRef(7), clerkRef(12), adminRef('demo'), partnerRef(2), addressRef('::1')]).toEqual([
      'member/7',
      'clerk/12',
      'admin/demo',
      'partner/2',
      'address/::1',
    ])
    expect(subjectRef('api-key', 3)).toBe('api-key/3')
    expect(purchaseRef({ storeId: 3, receiptNo: 'A-77' })).toBe('3/A-77')
    expect([entryRef(7, 12), takingRef(3, 12)]).toEqual(['7/12', '3/12'])
  })

  it('of actors and subjects are parsed into what they were built from', () => {
    const builders = { member: memberRef, clerk: clerkRef, partner: partnerRef }
    for (const [kind, build] of Object.entries(builders))
      fc.assert(
        fc.property(id, (number) => {
          expect(parseReference(build(number))).toEqual({ kind, id: number })
        }),
      )
    for (const kind of ['store', 'item', 'policy', 'case', 'compensation', 'announcement', 'api-key'] as const)
      fc.assert(
        fc.property(id, (number) => {
          expect(parseReference(subjectRef(kind, number))).toEqual({ kind, id: number })
        }),
      )
    for (const [kind, build] of Object.entries({ admin: adminRef, address: addressRef }))
      fc.assert(
        fc.property(text, (name) => {
          expect(parseReference(build(name))).toEqual({ kind, id: name })
        }),
      )
    for (const kind of ['system', 'admin', 'policy', 'settings', 'cards', 'clock', 'history', 'backup'])
      expect(parseReference(kind)).toEqual({ kind, id: null })
  })

  it('of purchases, entries and takings are parsed into what they were built from', () => {
    fc.assert(
      fc.property(id, text, (storeId, receiptNo) => {
        expect(parsePurchaseRef(purchaseRef({ storeId, receiptNo }))).toEqual({ storeId, receiptNo })
      }),
    )
    fc.assert(
      fc.property(id, id, (first, seq) => {
        expect(parseEntryRef(entryRef(first, seq))).toEqual({ memberId: first, seq })
        expect(parseTakingRef(takingRef(first, seq))).toEqual({ caseId: first, seq })
      }),
    )
  })

  it('that no builder writes are not parsed', () => {
    for (const wrong of [
      '',
      'member',
      'member/',
      'member/x',
      'member/07',
      'member/-1',
      'member/1.5',
      'stranger/1',
      'admin/',
    ])
      expect(parseReference(wrong)).toBeUndefined()
    for (const wrong of ['', '7', '7/', '/7', '07/A', 'x/A', '-1/A']) expect(parsePurchaseRef(wrong)).toBeUndefined()
    for (const wrong of ['7', '7/', '7/x', '7/1/2', '7/01']) {
      expect(parseEntryRef(wrong)).toBeUndefined()
      expect(parseTakingRef(wrong)).toBeUndefined()
    }
  })

  it('are described by their kind, and an entry by the reference of its cause', () => {
    expect([isOfKind('admin/demo', 'admin'), isOfKind('admin', 'admin'), isOfKind('clerk/1', 'member')]).toEqual([
      true,
      false,
      false,
    ])
    expect([namesPurchase('offset-return'), namesPurchase('merge')]).toEqual([true, false])
  })
})
