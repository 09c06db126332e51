import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fixed, rate } from '@pointbook/config/policies/make'
import { jobs } from '@pointbook/server/features'
import {
  addressColumns,
  birthdayColumns,
  openidColumns,
  phoneColumns,
} from '@pointbook/server/features/members/directory/personal-data'
import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import { changeSettings, givePost, tagMember } from './edits.ts'
import { aPicture } from './pictures.ts'
import { aRule, earningBy } from './policies.ts'
import { aWorld, fresh, type Speaker } from './world.ts'

const DAY_MS = 86_400_000

/** A shop with a welcome gift, a store and a clerk, and members who may leave. */
export async function aShopToLeave() {
  const welcome = aRule({ id: 'welcome', name: '入会礼', trigger: 'registration', gift: fixed(50) })
  const world = await aWorld({ policy: { earning: earningBy([aRule({ gift: rate(1, 1) }), welcome]) } })
  const admin = await world.asAdmin()
  const storeId = await world.aStore()
  const clerk = await world.aClerk([storeId])
  await changeSettings(admin, { name: '店', notice: '', servicePhone: '', cards: true })
  let people = 0

  /** Somebody with everything that a person may have. */
  async function aPerson({ points = 300 } = {}) {
    const number = ++people
    const person = {
      nickname: `林别离${number}`,
      phone: `1391111${String(number).padStart(4, '0')}`,
      openid: `wx-leaver-${number}`,
      birthday: `1991-04-${String(number).padStart(2, '0')}`,
      address: `别离路 ${number} 号`,
    }
    const memberId = await world.aMember({ nickname: person.nickname, points })
    const { nickname, openid, phone, birthday, address } = person
    const { keys } = world.outside
    const own = {
      nickname,
      ...phoneColumns(keys, phone),
      ...openidColumns(keys, openid),
      ...birthdayColumns(keys, birthday),
      ...addressColumns(keys, address),
    }
    await world.db.update(members).set(own).where(eq(members.id, memberId))
    return { ...person, memberId, me: await world.asMember(memberId) }
  }

  /** A person in whose life the name got into many texts, who has bought and redeemed, and now has nothing open. */
  async function aFullLife() {
    const person = await aPerson()
    const { me, memberId, nickname, phone } = person
    await me.call('POST /me/profile', { avatar: await aPicture(), sex: 'female' })
    await me.call('POST /me/consents', { purpose: 'personal-offers', allowed: false, requestId: fresh() })
    await tagMember(admin, memberId, ['熟客'])
    await world.buy(clerk, memberId, storeId, [8_800])
    const friend = await aPerson()
    const [friendRow] = await world.db.select().from(members).where(eq(members.id, friend.memberId))
    await world.bring(memberId, friendRow!.inviteCode)
    await givePost(admin, { memberId, role: 'clerk', storeIds: [storeId] })
    await admin.call('DELETE /admin/staff/:memberId', { memberId })
    const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
    const correction = { revision: revisions.profile, nickname: `${nickname}新`, reason: `${nickname}来电改名` }
    await admin.call('PATCH /admin/members/:memberId/profile', { memberId, ...correction })
    await admin.call('POST /admin/members/:memberId/phone', { memberId, phone, reason: '换绑', requestId: fresh() })
    const opened = { memberIds: [memberId], reason: `核实${nickname}新`, freeze: true, requestId: fresh() }
    const { caseId } = await admin.call('POST /admin/cases', opened)
    await admin.call('POST /admin/cases/:caseId/notes', { caseId, text: `问过${nickname}新`, requestId: fresh() })
    const verdict = { caseId, memberId, decision: 'cleared', reason: '没有问题', points: 5 } as const
    await admin.call('POST /admin/cases/:caseId/decisions', verdict)
    const back = await world.asMember(memberId)
    const itemId = await world.anItem()
    const wish = { itemId, quantity: 1, points: 100, storeId, requestId: fresh() }
    const { order } = await back.call('POST /mall/redemptions', wish)
    const { orderNo, pickupCode: code } = order
    await admin.call('POST /admin/redemptions/:orderNo/hand-over', { orderNo, code, requestId: fresh() })
    await world.settle()
    return { ...person, back, orderCode: code }
  }

  const ask = (me: Speaker, points: number) => me.ask('POST /me/leaving', { points, requestId: fresh() })

  async function run(job: string): Promise<unknown> {
    const done = await jobs(world.server)
      .find(({ name }) => name === job)!
      .run()
    await world.settle()
    return done
  }

  /** Lets the waiting time pass and runs the job. */
  async function waitOut(days = 7) {
    world.clock.set(new Date(Date.parse(world.clock.now()) + days * DAY_MS).toISOString())
    await run('end-memberships')
  }

  /** Every place of the database and of the files folder that contains a text. */
  async function placesOf(text: string): Promise<string[]> {
    const { pool } = world.server.databases
    const [columns] = (await pool.query(
      'SELECT table_name AS `table`, column_name AS `column` FROM information_schema.columns WHERE table_schema = DATABASE()',
    )) as unknown as [{ table: string; column: string }[]]
    const places: string[] = []
    for (const table of new Set(columns.map((one) => one.table))) {
      const own = columns.filter((one) => one.table === table).map(({ column }) => column)
      const hits = own.map((column) => `SUM(CAST(\`${column}\` AS CHAR) LIKE ?) AS \`${column}\``)
      const [[row]] = (await pool.query(
        `SELECT ${hits.join(', ')} FROM \`${table}\``,
        own.map(() => `%${text}%`),
      )) as unknown as [[Record<string, string | null>]]
      places.push(...own.filter((column) => Number(row[column]) > 0).map((column) => `${table}.${column}`))
    }
    const folder = world.outside.files.folder
    for (const name of readdirSync(folder))
      if (name.includes(text) || readFileSync(path.join(folder, name)).includes(text)) places.push(`files/${name}`)
    return places
  }

  return { ...world, admin, storeId, clerk, aPerson, aFullLife, askToLeave: ask, run, waitOut, placesOf }
}
