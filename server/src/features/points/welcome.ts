import { move } from '../../book/move.ts'
import { account, posted } from '../../book/tables.ts'
import { credit } from '../../core/points.ts'
import type { House } from '../../outside.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { accountOf, earning, occasion } from './moves.ts'

/** Gives a new member what the policy in force gives for signing up. Once, whoever asks and how often. */
export const welcome = move<{ memberId: number }, { points: number }>('points.welcome', {
  member: ({ memberId }) => memberId,
  key: () => 'welcome',
  touches: ({ memberId }) => [account(memberId)],
  decide(view, { memberId }, setting) {
    const { points } = setting.policy.registration
    if (points === 0) return { changes: [], outcome: { points } }
    const why = [{ rule: '@registration', points, because: { type: 'fixed' } }] as const
    const posting = credit(
      accountOf(view, memberId),
      occasion(setting, 'registration', '', `member/${memberId}`),
      earning(setting, points, [...why]),
    )
    return { changes: posted(posting), outcome: { points } }
  },
})

/** The sign-up gives the points itself; this is for the server that died before it came to it. */
export const welcomeHandlers = ({ book }: House): Record<string, OutboxHandler> => ({
  'member.registered': {
    handle: async ({ memberId }: { memberId: number }) => {
      await book.make(welcome, { memberId })
    },
  },
})
