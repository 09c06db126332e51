import { Refusal } from '@pointbook/shared/refusals'
import { log, row } from '../../../book/changes.ts'
import type { Change, Setting, Touch } from '../../../book/move.ts'
import { account, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { type Account, joinPostings, type Lot, type Occasion, type Posting } from '../../../core/ledger/points.ts'
import type { Claim, Reclaimed } from '../../../core/ledger/reclaim.ts'
import { type Moved, passOn, reclaimMoved } from '../../../core/members/merging.ts'
import { accountOf } from '../../points/ledger/moves.ts'
import { lotOrigins, mergedMembers } from './tables.ts'

/** Whose account holds the points of an earning, and in which lot: as read before, and verified by `reclaimHeld`. */
export interface Holding extends Moved {
  memberId: number
}

/** A purchase's member and the entry it earned, neither of which ever changes, and where its points are now if a merge moved them. */
export interface Earning {
  memberId: number
  entrySeq: number
  moved?: Holding
}

export const holdingFor = ({ memberId, entrySeq, moved }: Earning): Holding =>
  moved ?? { memberId, lotSeq: entrySeq, ranOut: 0 }

export const held = ({ memberId, lotSeq }: Holding): Touch[] => [
  account(memberId),
  openLots(memberId),
  row(lots, memberId, lotSeq),
  row(mergedMembers, memberId),
]

/** Takes earned points back from whoever holds them. Throws `member.merged` when that is another one by now. */
export function reclaimHeld(
  view: View,
  holding: Holding,
  today: string,
  occasion: Occasion,
  claim: Omit<Claim, 'lotSeq'>,
): Reclaimed {
  const { memberId, lotSeq } = holding
  requireHeir(view, memberId, memberId)
  const own = view.get(lots, memberId, lotSeq)
  const others = view.range(lots, memberId).filter((lot) => lot.seq !== lotSeq)
  const all = own ? [own, ...others] : others
  return reclaimMoved(accountOf(view, memberId), all, today, occasion, claim, holding)
}

/** Throws `member.merged` unless `heirId` still stands for the member. */
export function requireHeir(view: View, memberId: number, heirId: number) {
  const intoId = view.get(mergedMembers, memberId)?.intoId ?? memberId
  if (intoId !== heirId) throw new Refusal('member.merged')
}

/** What `handOn` needs beside the member's own rows. */
export const heirTouches = (memberId: number, heirId: number): Touch[] => [
  row(mergedMembers, memberId),
  ...(heirId === memberId ? [] : [account(heirId), openLots(heirId)]),
]

/** Writes what has come back to a member; a double hands it on to the one they were merged into. `account` is where it ended. */
export function handOn(
  view: View,
  heirId: number,
  { now: at, today, policyVersion }: Setting,
  actor: string,
  posting: Posting,
): { changes: Change[]; account: Account } {
  const { memberId } = posting.account
  requireHeir(view, memberId, heirId)
  if (heirId === memberId) return { changes: posted(posting), account: posting.account }
  const heir = accountOf(view, heirId)
  const kept: Lot[] = view.range(lots, heirId)
  const { from, into, origins } = passOn(posting.account, posting.lots, heir, kept, today, { actor, at, policyVersion })
  const changes = [
    ...posted(joinPostings(posting, from)),
    ...posted(into),
    ...origins.map((origin) => log(lotOrigins, origin)),
  ]
  return { changes, account: into.account }
}
