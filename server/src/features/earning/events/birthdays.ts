import { dayOf } from '@pointbook/shared/day'
import { rulesFor } from '../../../core/earning/plan.ts'
import { type Each, settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { isAllowed } from '../../members/directory/allowed.ts'
import { type MemberRow, membersBornOn, readMember } from '../../members/directory/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { havingBirthday, ifMayEarn, recordAct } from './acts.ts'
import { profileFor } from './traits.ts'

// As many as one batch of the book holds.
const AT_ONCE = 256

/**
 * Gives birthday points to members whose birthday is today, once a year even when it runs repeatedly. Members who joined or
 * entered their birthday today wait for the next one, unless the policy says otherwise. Returns how many members received points
 * now.
 */
export const giveBirthdays = (server: Server): Promise<number> =>
  settingAside(server, 'give-birthdays', (each) => giveEach(server, each))

async function giveEach({ db, book, clock, offsetMinutes }: Server, each: Each): Promise<number> {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const year = today.slice(0, 4)
  const { document: policy } = await policyInForce(db, now)
  if (rulesFor(policy, { trigger: 'birthday', code: '' }).length === 0) return 0
  const isNew = ({ joinedAt, birthdaySetOn }: MemberRow) =>
    !policy.birthdayAtOnce && (dayOf(joinedAt, offsetMinutes) === today || birthdaySetOn === today)
  let gifts = 0
  let after = 0
  for (;;) {
    const born = await membersBornOn(db, today, after, AT_ONCE)
    if (born.length === 0) return gifts
    const answers = await each(born, async ({ memberId }) => {
      const member = (await readMember(db, memberId))!
      if (isNew(member) || !isAllowed(member, 'birthday')) return null
      const profile = profileFor(member, (at) => dayOf(at, offsetMinutes))
      return ifMayEarn(() => book.submit(recordAct, havingBirthday(memberId, year, profile), { behind: true }))
    })
    gifts += answers.filter((answer) => answer && !answer.repeated && answer.outcome.points > 0).length
    after = born.at(-1)!.memberId
  }
}
