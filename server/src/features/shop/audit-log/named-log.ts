import { type ActorRef, type ParsedReference, parseReference } from '@pointbook/shared/references'
import { inArray } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import { members } from '../../members/directory/tables.ts'
import { mallItems } from '../../spending/mall/tables.ts'
import { admins } from '../accounts/tables.ts'
import { stores } from '../stores/tables.ts'

interface Line {
  actor: ActorRef
  subject: string
}

/** Log lines with the present names of actor and subject; '' where there is none. */
export async function withNames<Row extends Line>(db: Database, rows: readonly Row[]) {
  const references = rows.flatMap(({ actor, subject }) => [actor, subject])
  const nameOf = await readNames(db, references)
  return rows.map((row) => ({ ...row, actorName: nameOf(row.actor), subjectName: nameOf(row.subject) }))
}

async function readNames(db: Database, references: readonly string[]): Promise<(reference: string) => string> {
  const idsOf = (...kinds: ParsedReference['kind'][]) => [
    ...new Set(
      references.map(parseReference).flatMap((one) => (one?.id && kinds.includes(one.kind) ? String(one.id) : [])),
    ),
  ]
  const [people, places, goods, logins] = [idsOf('member', 'clerk'), idsOf('store'), idsOf('item'), idsOf('admin')]
  const [named, opened, offered, whoever] = await Promise.all([
    people.length === 0
      ? []
      : db
          .select({ id: members.id, name: members.nickname })
          .from(members)
          .where(inArray(members.id, people.map(Number))),
    places.length === 0
      ? []
      : db
          .select({ id: stores.id, name: stores.name })
          .from(stores)
          .where(inArray(stores.id, places.map(Number))),
    goods.length === 0
      ? []
      : db
          .select({ id: mallItems.id, name: mallItems.name })
          .from(mallItems)
          .where(inArray(mallItems.id, goods.map(Number))),
    logins.length === 0
      ? []
      : db.select({ id: admins.login, name: admins.name }).from(admins).where(inArray(admins.login, logins)),
  ])
  const names = new Map<string, string>()
  const keep = (kinds: string[], rows: { id: number | string; name: string }[]) => {
    for (const kind of kinds) for (const { id, name } of rows) names.set(`${kind}/${id}`, name)
  }
  keep(['member', 'clerk'], named)
  keep(['store'], opened)
  keep(['item'], offered)
  keep(['admin'], whoever)
  return (reference) => names.get(reference) ?? ''
}
