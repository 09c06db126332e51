import { type Cause, causes } from '@pointbook/shared/words'

export const entryTitle = (cause: Cause, ref: string): string =>
  (cause === 'adjustment' || cause === 'compensation') && ref ? `${causes[cause]}：${ref}` : causes[cause]
