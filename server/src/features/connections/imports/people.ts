import type { Instant } from '@pointbook/shared/day'
import { cut } from '@pointbook/shared/text'
import { eq, inArray, or, sql } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { openidColumns, openidHashes } from '../../members/directory/personal-data.ts'
import { emptyAccountRow, newInviteCode } from '../../members/directory/register.ts'
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
  const { db, keys } = server
  let ids = await find(db, keys, people)
  let added = 0
  for (let tries = 1; ids.size < people.length; tries++) {
    if (tries > TRIES) throw new Error('members could not be added')
    const missing = people.filter(({ memberRef }) => !ids.has(memberRef))
    added += await add(server, missing)
    ids = await find(db, keys, people)
  }
  return { ids, added }
}

async function find(
  db: Database | Transaction,
  keys: DataKeys,
  people: readonly Person[],
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const { openidHash, openidUnsealed } = members
  const unsealed = new Map(people.map(({ memberRef }) => [openidOf(memberRef), memberRef]))
  const refs = new Map([...unsealed].flatMap(([openid, ref]) => openidHashes(keys, openid).map((hash) => [hash, ref])))
  const rows = await db
    .select({
      id: sql<number>`COALESCE(${mergedMembersTable.intoId}, ${members.id})`.mapWith(Number),
      openidHash,
      openidUnsealed,
    })
    .from(members)
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .where(or(inArray(openidHash, [...refs.keys()]), inArray(openidUnsealed, [...unsealed.keys()])))
  return new Map(rows.map((row) => [refs.get(row.openidHash!) ?? unsealed.get(row.openidUnsealed!)!, row.id]))
}

/** Adds members. A reference or invite code that exists already is skipped; the caller tries it again. */
async function add({ db, keys }: Server, people: readonly Person[]): Promise<number> {
  const rows = people.map(({ memberRef, since }) => ({
    ...openidColumns(keys, openidOf(memberRef)),
    // There is no number: this only takes the place of its hash.
    phoneHash: keys.hash(openidOf(memberRef)),
    phoneSealed: '',
    phoneMasked: '',
    phoneTail: '',
    nickname: cut(`会员${memberRef}`, 20),
    avatarUrl: '',
    sex: 'unknown' as const,
    tags: [],
    inviteCode: newInviteCode(),
    source: 'import',
    joinedAt: since,
  }))
  return inTransaction(db, async (tx) => {
    const [{ affectedRows }] = await tx.insert(members).ignore().values(rows)
    const ids = [...(await find(tx, keys, people)).values()]
    if (ids.length > 0) await tx.insert(pointsAccounts).ignore().values(ids.map(emptyAccountRow))
    return affectedRows
  })
}
