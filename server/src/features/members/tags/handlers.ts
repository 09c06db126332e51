import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { lockMembers } from '../directory/lock.ts'
import { tagsOfBoth, writeTags } from './store.ts'

export const tagHandlers = ({ db }: Server) =>
  ({
    /** The kept member gets the tags of both; the double has none, so that nobody is counted twice. */
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          const rows = await lockMembers(tx, [keptId, doubleId])
          const tagsOf = (memberId: number) => rows.find(({ id }) => id === memberId)?.tags ?? []
          if (tagsOf(doubleId).length === 0) return
          await writeTags(tx, keptId, tagsOfBoth(tagsOf(keptId), tagsOf(doubleId)))
          await writeTags(tx, doubleId, [])
        }),
    },
  }) satisfies Handlers
