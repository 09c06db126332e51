import { readFile } from 'node:fs/promises'
import { addDays, addMonths, addMs, dayOf, type Instant, startOf } from '@pointbook/shared/day'
import type { App } from '../app.ts'
import { checkIn } from '../features/check-ins/moves.ts'
import { redeemItem } from '../features/mall/redemption.ts'
import { addItem } from '../features/mall/stock-moves.ts'
import { mallItems } from '../features/mall/tables.ts'
import { register } from '../features/members/register.ts'
import { welcome } from '../features/points/welcome.ts'
import { recordPurchase } from '../features/purchases/moves.ts'
import { staff, staffStores } from '../features/staff/tables.ts'
import { stores as storesTable } from '../features/stores/tables.ts'
import type { House } from '../outside.ts'
import { readSetting, saveSetting } from '../platform/settings.ts'
import { instructions, items, menu, regulars, shop, stores } from './demo-data.ts'

const HISTORY_DAYS = 45

/** Fills an empty demo with a shop, a mall and regulars with a history, all through the book. Runs once. */
export async function seedDemo({ house, outbox }: App): Promise<void> {
  const { db, clock } = house
  if (await readSetting(db, 'demo.seeded')) return
  await saveSetting(db, 'shop', shop, clock.now(), 'system')
  const storeIds = await openStores(house)
  const itemIds = await fillMall(house)
  await hireStaff(house, storeIds)
  await playHistory(house, storeIds, itemIds)
  await saveSetting(db, 'demo.seeded', true, clock.now(), 'system')
  await outbox.drain()
}

async function openStores({ db }: House): Promise<number[]> {
  const ids: number[] = []
  for (const store of stores) {
    const [{ insertId }] = await db.insert(storesTable).values({ ...store, open: true })
    ids.push(insertId)
  }
  return ids
}

async function fillMall({ db, book, files, clock }: House): Promise<number[]> {
  const ids: number[] = []
  for (const [position, { picture, points, limitPerMember, stock, ...texts }] of items.entries()) {
    const bytes = await readFile(new URL(`./pictures/${picture}.webp`, import.meta.url))
    const pictureUrl = await files.keepPicture(bytes.toString('base64'))
    const [{ insertId: itemId }] = await db
      .insert(mallItems)
      .values({ ...texts, pictureUrl, instructions, position, madeAt: clock.now() })
    await book.make(addItem, {
      itemId,
      points,
      limitPerMember,
      listed: true,
      stock,
      texts,
      requestId: `demo-${picture}`,
    })
    ids.push(itemId)
  }
  return ids
}

interface Person {
  openid: string
  name: string
}

/** The sandbox's phones that belong to staff; a shop without its sandbox goes without them. */
async function hireStaff(house: House, storeIds: number[]): Promise<void> {
  const { db, env, clock } = house
  const people = await sandboxPeople(env.wechat.apiUrl)
  for (const [index, { openid, name }] of people.filter(({ name }) => /店员|店长/.test(name)).entries()) {
    const role = name.includes('店长') ? 'manager' : 'clerk'
    const memberId = await join(house, { openid, phone: `1390000010${index}`, nickname: name }, clock.now())
    await db.insert(staff).values({ memberId, role, since: clock.now() })
    const places = role === 'manager' ? storeIds : storeIds.slice(0, 2)
    await db.insert(staffStores).values(places.map((storeId) => ({ memberId, storeId })))
  }
  const friend = people.find(({ name }) => name === '周子墨')
  if (friend) await aFriendWithHistory(house, friend, storeIds[0]!)
}

async function sandboxPeople(sandboxUrl: string): Promise<Person[]> {
  const response = await fetch(`${sandboxUrl}/phone/list`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  return response?.ok ? ((await response.json()) as Person[]) : []
}

/** Signs up at a past instant: the house as it was then. */
async function join(
  house: House,
  { openid, phone, nickname }: { openid: string; phone: string; nickname: string },
  at: Instant,
): Promise<number> {
  const then = { ...house, clock: { ...house.clock, now: () => at } }
  const memberId = await register(then, { openid, phone, nickname, inviteCode: '', source: 'mini-program' })
  await house.book.make(welcome, { memberId }, { at })
  return memberId
}

/** A member of a year's standing whose first points run out within the week: what reminders are for. */
async function aFriendWithHistory(house: House, { openid, name }: Person, storeId: number) {
  const today = dayOf(house.clock.now(), house.offsetMinutes)
  const longAgo = addDays(addMonths(today, -12), 6)
  const memberId = await join(house, { openid, phone: '13900000002', nickname: name }, atHour(house, longAgo, 9))
  const bought = [longAgo, addMonths(longAgo, 3), addMonths(longAgo, 8), addDays(today, -20), addDays(today, -3)]
  for (const [index, on] of bought.entries())
    await buy(house, { memberId, storeId, receiptNo: `Z${1001 + index}`, at: atHour(house, on, 11), pick: index * 3 })
  for (const days of [2, 1])
    await house.book.make(
      checkIn,
      { memberId, on: addDays(today, -days) },
      { at: atHour(house, addDays(today, -days), 8) },
    )
}

const atHour = ({ offsetMinutes }: House, on: string, hour: number): Instant =>
  addMs(startOf(on, offsetMinutes), hour * 3_600_000)

interface Visit {
  memberId: number
  storeId: number
  receiptNo: string
  at: Instant
  pick: number
}

async function buy({ book }: House, { memberId, storeId, receiptNo, at, pick }: Visit) {
  const lines = Array.from({ length: 1 + (pick % 3) }, (_, index) => {
    const { name, category, amountFen } = menu[(pick * 7 + index * 3) % menu.length]!
    const quantity = 1 + ((pick + index) % 2)
    return { name, category, quantity, amountFen: amountFen * quantity }
  })
  await book.make(recordPurchase, { memberId, storeId, receiptNo, lines, birthday: null, actor: 'system' }, { at })
}

/** Six weeks of a shop's life, the same every time but for the dates. */
async function playHistory(house: House, storeIds: number[], itemIds: number[]) {
  const { clock, offsetMinutes } = house
  const today = dayOf(clock.now(), offsetMinutes)
  const first = addDays(today, -HISTORY_DAYS)
  const memberIds: number[] = []
  for (const [index, nickname] of regulars.entries()) {
    const joined = atHour(house, addDays(first, Math.floor(index * 1.7)), 8)
    memberIds.push(
      await join(
        house,
        { openid: `demo:${index}`, phone: `1380000${String(index).padStart(4, '0')}`, nickname },
        joined,
      ),
    )
  }
  let receipt = 20_001
  for (let days = 0; days < HISTORY_DAYS; days++) {
    const on = addDays(first, days)
    const present = memberIds.filter((_, index) => index * 1.7 < days)
    for (const [index, memberId] of present.entries()) {
      if ((index * 5 + days * 3) % 4 !== 0) continue
      const storeId = storeIds[(index + days) % storeIds.length]!
      await buy(house, {
        memberId,
        storeId,
        receiptNo: `D${receipt++}`,
        at: atHour(house, on, 8 + (index % 12)),
        pick: index + days,
      })
      if (index % 3 === 0) await house.book.make(checkIn, { memberId, on }, { at: atHour(house, on, 21) })
    }
  }
  for (const [index, memberId] of memberIds.slice(0, 9).entries()) {
    const wish = {
      memberId,
      itemId: itemIds[index % 3]!,
      quantity: 1,
      storeId: storeIds[index % storeIds.length]!,
      seenPoints: null,
      requestId: `demo-order-${index}`,
    }
    await redeemItem(house, wish).catch(() => {})
  }
}
