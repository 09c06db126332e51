import type { ActorRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { log, row } from '../../../book/changes.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import { account, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { joinPostings, type Lot } from '../../../core/assets/posting.ts'
import type { Account, EntryHeader, Posting } from '../../../core/ledger/points.ts'
import type { Claim, Reclaimed } from '../../../core/ledger/reclaim.ts'
import { type Moved, passOn, reclaimMoved } from '../../../core/members/merging.ts'
import { accountOf } from '../../points/ledger/moves.ts'
import { lotOrigins, mergedMembers } from './tables.ts'

/** The account and the lot that have the points of an earning now: read before the move and verified by `holdingPart`. */
export interface Holding extends Moved {
  memberId: number
}

/** A purchase's member and entry, which never change, and where its points are now if a merge moved them. */
export interface Earning {
  memberId: number
  entrySeq: number
  moved?: Holding
}

export const holdingFor = ({ memberId, entrySeq, moved }: Earning): Holding =>
  moved ?? { memberId, lotSeq: entrySeq, ranOut: 0 }

/** A part that verifies a member's present record: the member's own, or the one it was merged into. */
export const standInPart = (memberId: number, heirId: number) => ({
  touches: [row(mergedMembers, memberId)],
  /** Throws `member.merged` unless `heirId` does. */
  require(view: View) {
    const intoId = view.get(mergedMembers, memberId)?.intoId ?? memberId
    if (intoId !== heirId) throw new Refusal('member.merged')
  },
})

/**
 * A part that finds earned points in the present record. Its functions throw `member.merged` when the record has changed
 * meanwhile.
 */
export function holdingPart(holding: Holding) {
  const { memberId, lotSeq } = holding
  const standIn = standInPart(memberId, memberId)

  function lot(view: View): Lot | undefined {
    standIn.require(view)
    return view.get(lots, memberId, lotSeq)
  }

  /** Takes the points back. */
  function reclaim(view: View, today: string, header: EntryHeader, claim: Omit<Claim, 'lotSeq'>): Reclaimed {
    const own = lot(view)
    const others = view.range(lots, memberId).filter(({ seq }) => seq !== lotSeq)
    const all = own ? [own, ...others] : others
    return reclaimMoved(accountOf(view, memberId), all, today, header, claim, holding)
  }

  return {
    touches: [account(memberId), openLots(memberId), row(lots, memberId, lotSeq), ...standIn.touches],
    lot,
    reclaim,
  }
}

/** A part that credits points given back to a member; those of a double go to the record it was merged into. */
export function heirPart(memberId: number, heirId: number, context: DecisionContext) {
  const standIn = standInPart(memberId, heirId)
  return {
    touches: [...standIn.touches, ...(heirId === memberId ? [] : [account(heirId), openLots(heirId)])],
    /** `account` is where the points ended. */
    handOn(view: View, actor: ActorRef, posting: Posting): { changes: Change[]; account: Account } {
      standIn.require(view)
      return heirId === memberId
        ? { changes: posted(posting), account: posting.account }
        : passedOn(view, heirId, context, actor, posting)
    },
  }
}

function passedOn(
  view: View,
  heirId: number,
  { now: at, today, policyVersion }: DecisionContext,
  actor: ActorRef,
  posting: Posting,
): { changes: Change[]; account: Account } {
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
