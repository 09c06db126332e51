import type { Day } from '@pointbook/shared/day'
import { type Account, type EntryHeader, joinPostings, type Lot, type Posting, post, type Redate } from './posting.ts'

/** New dates for a lot; what is left out stays. */
export interface NewDates {
  lot: Lot
  usableOn?: Day
  expiresOn?: Day | null
}

/** Changes dates of lots in an entry that changes no amount. Null when no date changes. */
export function redate<A extends Account, Cause extends string, Explanation>(
  account: A,
  header: EntryHeader<Cause>,
  wanted: readonly NewDates[],
  why: Explanation[],
): Posting<A, Cause, Explanation> | null {
  const moved = wanted
    .map(({ lot, usableOn = lot.usableOn, expiresOn = lot.expiresOn }) => ({ lot, usableOn, expiresOn }))
    .filter(({ lot, usableOn, expiresOn }) => lot.usableOn !== usableOn || lot.expiresOn !== expiresOn)
  if (moved.length === 0) return null
  const posting = post(account, header, { kind: 'redate', delta: 0, debtDelta: 0, why })
  const { memberId, seq: entrySeq } = posting.account
  return {
    ...posting,
    lots: moved.map(({ lot, usableOn, expiresOn }) => ({ ...lot, usableOn, expiresOn })),
    redates: moved.map(
      ({ lot, usableOn, expiresOn }): Redate => ({
        memberId,
        entrySeq,
        lotSeq: lot.seq,
        usableFrom: lot.usableOn,
        usableOn,
        expiresFrom: lot.expiresOn,
        expiresOn,
      }),
    ),
  }
}

/** A posting and its optional change of dates. */
export const withRedates = <A extends Account, Cause extends string, Explanation>(
  posting: Posting<A, Cause, Explanation>,
  more: Posting<A, Cause, Explanation> | null,
): Posting<A, Cause, Explanation> => (more ? joinPostings(posting, more) : posting)

/**
 * A lot with the dates it had before the first of `redates` that concerns it. With all redates, these are the dates it was opened
 * with.
 */
export function asOpened(lot: Lot, redates: readonly Redate[]): Lot {
  const first = redates
    .filter(({ lotSeq }) => lotSeq === lot.seq)
    .reduce<Redate | null>((least, one) => (least && least.entrySeq < one.entrySeq ? least : one), null)
  return first ? { ...lot, usableOn: first.usableFrom, expiresOn: first.expiresFrom } : lot
}
