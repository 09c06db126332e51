import type { Cause } from '@pointbook/shared/words'

/** Causes of entries that are the member's own doing. What the shop, a friend or the calendar does is none of it. */
export const ownActs: readonly Cause[] = [
  'purchase',
  'return',
  'redemption',
  'offset',
  'offset-return',
  'registration',
  'profile',
  'check-in',
  'make-up',
  'review',
  'activity',
  'event',
]
