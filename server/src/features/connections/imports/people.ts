import type { Instant } from '@pointbook/shared/day'
import { cut } from '@pointbook/shared/text'
import { eq, inArray, sql } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { emptyAccountRow, newInviteCode, phoneHashOf } from '../../members/directory/register.ts'
import { members } from '../../members/directory/tables.ts'
import { mergedMembersTable } from '../../members/identities/tables.ts'

/** Takes the place of the openid, so that the same person is found again. */
const openidOf = (memberRef: string) => `import:${memberRef}`

const TRIES = 3

export interface Person {
  memberRef: string
  /** Their first purchase in sight: since then they count as a member. */
  since: Instant
}

/** The members of these references in a history. Missing ones are created, without a phone. */
export async function findOrAdd(
  server: Server,
  people: readonly Person[],
): Promise<{ ids: Map<string, number>; added: number }> {
  const { db } = server
  let ids = await find(db, people)
  let added = 0
  for (let tries = 1; ids.size < people.length; tries++) {
    if (tries > TRIES) throw new Error('members could not be added')
    const missing = people.filter(({ memberRef }) => !ids.has(memberRef))
    added += await add(server, missing)
    ids = await find(db, people)
  }
  return { ids, added }
}

async function find(db: Database | Transaction, people: readonly Person[]): Promise<Map<string, number>> {
  const refs = new Map(people.map(({ memberRef }) => [openidOf(memberRef), memberRef]))
  if (refs.size === 0) return new Map()
  const rows = await db
    .select({
      id: sql<number>`COALESCE(${mergedMembersTable.intoId}, ${members.id})`.mapWith(Number),
      openid: members.openid,
    })
    .from(members)
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .where(inArray(members.openid, [...refs.keys()]))
  return new Map(rows.map(({ id, openid }) => [refs.get(openid)!, id]))
}

/** Adds members. A reference or invite code that exists already is skipped; the caller tries it again. */
async function add({ db, env }: Server, people: readonly Person[]): Promise<number> {
  const rows = people.map(({ memberRef, since }) => ({
    openid: openidOf(memberRef),
    phoneHash: phoneHashOf(env, openidOf(memberRef)),
    phoneSealed: '',
    phoneMasked: '',
    phoneTail: '',
    nickname: cut(`会员${memberRef}`, 20),
    avatarUrl: '',
    sex: 'unknown' as const,
    birthday: null,
    birthdaySetOn: null,
    address: '',
    tags: [],
    inviteCode: newInviteCode(),
    source: 'import',
    joinedAt: since,
  }))
  return inTransaction(db, async (tx) => {
    const [{ affectedRows }] = await tx.insert(members).ignore().values(rows)
    const ids = [...(await find(tx, people)).values()]
    if (ids.length > 0) await tx.insert(pointsAccounts).ignore().values(ids.map(emptyAccountRow))
    return affectedRows
  })
}
