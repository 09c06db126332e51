import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Instant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { causes } from '@pointbook/shared/words'
import { message } from '../../../book/events.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { account, loggedOfMerchant, posted } from '../../../book/tables.ts'
import { act } from '../../../core/earning/event.ts'
import { rulesFor } from '../../../core/earning/plan.ts'
import { credit, type Explanation } from '../../../core/ledger/points.ts'
import { activeAccountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { tierPart } from '../../points/tiers/part.ts'
import { noProfile, type Profile, rulesPart } from './earn.ts'
import { extensionPart } from './extend.ts'
import { traitsPart } from './traits.ts'

/** Triggers that earn by the rules alone. Purchases, check-ins and referrals have their own moves. */
export type ActTrigger = Exclude<Trigger, 'purchase' | 'check-in' | 'referral'>

export interface Act {
  memberId: number
  trigger: ActTrigger
  /** Which activity or custom event; '' for none. */
  code: string
  /** Tells one act of the kind from another: the same again is the same act. At most 40 characters. */
  ref: string
  /** The key that identifies a repeated act; for most acts trigger, code and reference do. */
  onceKey?: string
  /** For rules with an amount or a quantity, such as for events of the open API. */
  amountFen: number
  quantity: number
  profile: Profile
  actor: ActorRef
  /** Why the merchant records it, for the audit log. */
  note?: string
}

export interface Acted {
  points: number
  balance: number
  policyVersion: number
  why: Explanation[]
}

export const actKey = ({ trigger, code, ref }: Pick<Act, 'trigger' | 'code' | 'ref'>): string =>
  `act/${trigger}/${code}/${ref}`

/** Gifts that a person gets once, and not again after leaving and joining anew. */
const onceAPerson: readonly ActTrigger[] = ['registration', 'profile']

const partsOf = ({ memberId, trigger, code }: Act, context: DecisionContext) => ({
  traits: traitsPart(memberId, context),
  rules: rulesPart(context, { memberId, trigger, code }),
  tier: tierPart(memberId, context),
  extension: extensionPart(context, memberId, trigger),
})

/** Gives the points of an act under the rules in force, exactly once. Makes no entry when no rule applies to the act. */
export const recordAct = move<Act, Acted>('points.act', {
  member: ({ memberId }) => memberId,
  key: (act) => act.onceKey ?? actKey(act),
  same: ({ onceKey, trigger, code, amountFen, quantity }) =>
    onceKey === undefined ? [amountFen, quantity] : [trigger, code, amountFen, quantity],
  touches: (input, context) => [account(input.memberId), ...touchesOf(partsOf(input, context))],
  decide(view, input, context) {
    const { memberId, trigger, code, ref, amountFen, quantity, profile, actor } = input
    const { policy, policyVersion, now } = context
    const before = activeAccountOf(view, memberId)
    const { rules, tier, extension, traits } = partsOf(input, context)
    const hadIt = onceAPerson.includes(trigger) && traits.read(view).source === 'rejoin'
    if (hadIt || rulesFor(policy, input).length === 0)
      return {
        changes: logLine(input, 0, now),
        outcome: { points: 0, balance: before.balance, policyVersion, why: [] },
      }
    const { earned, counted } = rules.earnByAct(view, before, profile, { lines: act(amountFen, quantity) })
    const { points, why } = earned
    const header = entryHeader(context, trigger, [code, ref].filter(Boolean).join('/'), actor)
    const posting = extension.extend(view, credit(before, header, earning(context, trigger, points, why)))
    const { seq } = posting.account
    // The points of a registration are shown at once, so no message is sent.
    const news =
      points > 0 && trigger !== 'registration' ? [message('act.rewarded', { memberId, seq, trigger, points }, now)] : []
    return {
      changes: [
        ...posted(posting),
        ...tier.raise(view, posting.account),
        ...counted,
        ...news,
        ...logLine(input, points, now),
      ],
      outcome: { points, balance: posting.account.balance, policyVersion, why },
    }
  },
})

function logLine({ memberId, trigger, code, note, actor }: Act, points: number, at: Instant): Change[] {
  const text = `${causes[trigger]}${code && `（${code}）`}，${group(points)} 分：${note}`
  return loggedOfMerchant(at, { actor, action: 'points.act', subject: memberRef(memberId), text })
}

const plain = { code: '', ref: '', amountFen: 0, quantity: 1 }

/** The act of becoming a member. */
export const joining = (memberId: number): Act => ({
  ...plain,
  memberId,
  trigger: 'registration',
  profile: noProfile,
  actor: memberRef(memberId),
})

/** The act of filling the last gap in one's profile. */
export const completing = (memberId: number, profile: Profile): Act => ({
  ...plain,
  memberId,
  trigger: 'profile',
  profile,
  actor: memberRef(memberId),
})

/** The birthday of a year. */
export const havingBirthday = (memberId: number, year: string, profile: Profile): Act => ({
  ...plain,
  memberId,
  trigger: 'birthday',
  ref: year,
  profile,
  actor: 'system',
})

/** Null for members who may not earn: frozen and cancelled ones. */
export async function ifMayEarn<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.barsEarning) return null
    throw error
  }
}
