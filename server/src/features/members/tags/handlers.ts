import { inArray } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { members } from '../directory/tables.ts'
import { tagsOfBoth, writeTags } from './store.ts'

export const tagHandlers = ({ db }: Server) =>
  ({
    /** The kept member gets the tags of both; the double has none, so that nobody is counted twice. */
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          const rows = await tx
            .select({ id: members.id, tags: members.tags })
            .from(members)
            .where(inArray(members.id, [keptId, doubleId]))
            .for('update')
          const tagsOf = (memberId: number) => rows.find(({ id }) => id === memberId)?.tags ?? []
          if (tagsOf(doubleId).length === 0) return
          await writeTags(tx, keptId, tagsOfBoth(tagsOf(keptId), tagsOf(doubleId)))
          await writeTags(tx, doubleId, [])
        }),
    },
  }) satisfies Handlers
