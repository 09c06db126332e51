import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { PolicyOperationsApi } from '@pointbook/shared/contract/points/policy-operations'
import { addDays, type Day, dayOf, isDay, minuteOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { checkIn } from '../../../core/check-in/streaks.ts'
import { earn } from '../../../core/earning/earning.ts'
import type { EarningEvent } from '../../../core/earning/event.ts'
import { lastUsableDay } from '../../../core/ledger/expiry.ts'
import type { Server } from '../../../server.ts'
import { explanationLines } from './explanation.ts'

type Preview = PolicyOperationsApi['POST /admin/policy/preview']
export type TrialEvent = Preview['input']['event']

// Points are valid for decades at most, and the year of a day has four digits.
const LATEST: Day = '9899-12-31'

/** The points of a hypothetical event under a policy, computed by the code for real events. */
export function preview(server: Pick<Server, 'clock' | 'offsetMinutes'>, policy: Policy, trial: TrialEvent) {
  const event = imagined(server, policy, trial)
  const { points, why } = earn(policy, event)
  return { points, expiresOn: lastUsableDay(policy, event.on, event.trigger), why: explanationLines(why, policy) }
}

function imagined(
  { clock, offsetMinutes }: Pick<Server, 'clock' | 'offsetMinutes'>,
  policy: Policy,
  trial: TrialEvent,
): EarningEvent {
  const { on = dayOf(clock.now(), offsetMinutes), birthday = null, joinedOn = null, streakDays = 1 } = trial
  if ([on, birthday, joinedOn].some((day) => day !== null && !isDay(day))) throw new Refusal('input.invalid')
  if (on > LATEST) throw new Refusal('input.invalid', { fields: [{ field: 'event.on', text: `最晚是 ${LATEST}` }] })
  const { trigger, code = '', lines, couponFen = 0, pointsFen = 0, storedValueFen = 0 } = trial
  const { storeId = 0, channel = null, payment = null, minute = minuteOf(clock.now(), offsetMinutes) } = trial
  const { purchases = 1, tierId = null, tags = [] } = trial
  const before = { memberId: 0, days: streakDays - 1, lastOn: addDays(on, -1) }
  return {
    trigger,
    code,
    lines,
    paid: { couponFen, pointsFen, storedValueFen },
    storeId,
    channel,
    payment,
    on,
    minute,
    who: { purchases, tierId, tags, birthday, joinedOn },
    given: trigger === 'check-in' ? checkIn(policy, before, on).why : [],
  }
}
