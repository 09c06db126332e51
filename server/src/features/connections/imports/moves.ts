import { move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'

/** Writes the audit log's line about a history that was taken in: as a move, so that it is tried again and stands there once. */
export const logHistory = move<{ run: string; text: string }, null>('history.log', {
  member: () => 0,
  key: ({ run }) => `history-log/${run}`,
  touches: () => [],
  decide: (_, { text }, { now }) => ({
    changes: [logged(now, { actor: 'system', action: 'history.import', subject: 'history', text })],
    outcome: null,
  }),
})
