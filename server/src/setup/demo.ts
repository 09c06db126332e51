import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { memberRef } from '@pointbook/shared/references'
import { desc, eq, inArray } from 'drizzle-orm'
import type { App } from '../app.ts'
import { pointsAccounts } from '../book/tables.ts'
import { choose } from '../features/members/consents/choose.ts'
import { members } from '../features/members/directory/tables.ts'
import { maskPhone } from '../features/members/directory/words.ts'
import { guardians } from '../features/members/guardians/tables.ts'
import { askToLeave } from '../features/members/privacy/leaving.ts'
import { agreementInForce } from '../features/shop/agreement/store.ts'
import { staff, staffStores } from '../features/shop/staff/tables.ts'
import { stores as storesTable } from '../features/shop/stores/tables.ts'
import { withNewItemId } from '../features/spending/mall/item-store.ts'
import { addItem } from '../features/spending/mall/stock-moves.ts'
import { mallItems } from '../features/spending/mall/tables.ts'
import { personalParts } from '../features.ts'
import { places } from '../places.ts'
import { readSetting, saveSetting } from '../platform/settings.ts'
import type { Server } from '../server.ts'
import { playApprovals } from './demo-approvals.ts'
import { instructions, items, regulars, shop, stores } from './demo-data.ts'
import { join, playHistory, playOldFriend } from './demo-history.ts'

/** Fills an empty demo with a shop, a mall and regulars with a history, all through the book. Taken up again after a crash, it adds only what is missing. */
export async function seedDemo({ server, outbox }: App): Promise<void> {
  const { db, clock } = server
  if (await readSetting(db, 'demo.seeded')) return
  await saveSetting(db, 'shop', shop, clock.now(), 'system')
  const storeIds = await openStores(server)
  const itemIds = await fillMall(server)
  await hireStaff(server, storeIds)
  await playHistory(server, storeIds, itemIds)
  await playLeaver(server)
  await playApprovals(server, storeIds[0]!)
  await playConsents(server)
  await saveSetting(db, 'demo.seeded', true, clock.now(), 'system')
  await outbox.drain()
}

async function openStores({ db }: Server): Promise<number[]> {
  const known = await db.select({ id: storesTable.id }).from(storesTable)
  const ids = known.map(({ id }) => id)
  for (const store of stores.slice(known.length)) {
    const [{ insertId }] = await db.insert(storesTable).values({ ...store, open: true })
    ids.push(insertId)
  }
  return ids
}

async function fillMall({ db, book, files }: Server): Promise<number[]> {
  const known = await db.select({ id: mallItems.id }).from(mallItems).orderBy(mallItems.id)
  const ids: number[] = []
  for (const [position, { picture, points, limitPerMember, stock, ...texts }] of items.entries()) {
    const bytes = await readFile(path.join(places.pictures, `${picture}.webp`))
    const pictureUrl = await files.keepPicture(bytes.toString('base64'), 'item')
    const looks = { ...texts, pictureUrl, instructions, position }
    const add = (itemId: number) =>
      book.make(addItem, {
        itemId,
        points,
        limitPerMember,
        listed: true,
        stock,
        texts: looks,
        requestId: `demo-${picture}`,
      })
    ids.push(known[position]?.id ?? (await withNewItemId(db, add)).itemId)
  }
  return ids
}

/** The newest regular has asked to leave, and still has some days to think about it. */
async function playLeaver(server: Server): Promise<void> {
  const { db } = server
  const [leaver] = await db
    .select({ memberId: members.id, points: pointsAccounts.balance })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .where(inArray(members.nickname, [...regulars]))
    .orderBy(desc(members.joinedAt))
    .limit(1)
  if (!leaver) return
  const { memberId, points } = leaver
  const asking = { memberId, points, reason: '', actor: memberRef(memberId), requestId: 'demo-leaver' }
  await askToLeave(server, personalParts, asking)
}

/** One regular wants no personal offers, and one is under 14, with a guardian who has consented. */
async function playConsents(server: Server): Promise<void> {
  const { db, keys } = server
  const [quiet, young] = await db
    .select({ memberId: members.id, joinedAt: members.joinedAt })
    .from(members)
    .where(inArray(members.nickname, regulars.slice(2, 4)))
    .orderBy(members.id)
  if (!quiet || !young) return
  const refusal = { purpose: 'personal-offers', allowed: false } as const
  for (const { memberId } of [quiet, young])
    await choose(server, { memberId, ...refusal, requestId: `demo-refusal-${memberId}` })
  const phone = '13900000099'
  const consent = { version: await agreementInForce(db), confirmedAt: young.joinedAt }
  await db
    .insert(guardians)
    .ignore()
    .values({ memberId: young.memberId, phoneSealed: keys.seal(phone), phoneMasked: maskPhone(phone), ...consent })
}

interface Person {
  openid: string
  name: string
}

/** The sandbox's phones that belong to staff; none without a sandbox. */
async function hireStaff(server: Server, storeIds: number[]): Promise<void> {
  const { db, env, clock } = server
  const people = await sandboxPeople(env.wechat.apiUrl)
  for (const [index, { openid, name }] of people.filter(({ name }) => /店员|店长/.test(name)).entries()) {
    const role = name.includes('店长') ? 'manager' : 'clerk'
    const memberId = await join(server, { openid, phone: `1390000010${index}`, nickname: name }, clock.now())
    await db.insert(staff).ignore().values({ memberId, role, since: clock.now() })
    const places = role === 'manager' ? storeIds : storeIds.slice(0, 2)
    await db
      .insert(staffStores)
      .ignore()
      .values(places.map((storeId) => ({ memberId, storeId })))
  }
  const friend = people.find(({ name }) => name === '周子墨')
  if (friend)
    await playOldFriend(server, { openid: friend.openid, phone: '13900000002', nickname: friend.name }, storeIds[0]!)
}

async function sandboxPeople(sandboxUrl: string): Promise<Person[]> {
  const response = await fetch(`${sandboxUrl}/phone/list`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  return response?.ok ? ((await response.json()) as Person[]) : []
}
