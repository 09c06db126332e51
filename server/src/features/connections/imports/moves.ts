import { move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'

/** Writes the audit log line about an imported history. It is a move, so that it is repeated after a failure and written once. */
export const logHistory = move<{ run: string; text: string }, null>('history.log', {
  member: () => 0,
  key: ({ run }) => `history-log/${run}`,
  touches: () => [],
  decide: (_, { text }, { now }) => ({
    changes: [logged(now, { actor: 'system', action: 'history.import', subject: 'history', text })],
    outcome: null,
  }),
})
