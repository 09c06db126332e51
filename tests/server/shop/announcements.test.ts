import { afterAll, beforeAll, expect, it } from 'vitest'
import { announcementNow } from '../../support/edits.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const writes = async (title: string, publish = true) => {
  const wish = { title, body: '第一行\n第二行', publish, requestId: fresh() }
  return (await admin.call('POST /admin/announcements', wish)).announcementId
}

const turns = async (announcementId: number, state: 'published' | 'withdrawn') => {
  const { revision } = await announcementNow(admin, announcementId)
  return admin.call('POST /admin/announcements/:announcementId/state', { announcementId, state, revision })
}

const seen = async () => (await world.anyone().call('GET /announcements', {})).rows.map(({ title }) => title)

it('shows everybody the published announcements only (H4)', async () => {
  const draft = await writes('草稿', false)
  const published = await writes('春节营业时间')
  expect(await seen()).toEqual(['春节营业时间'])
  world.clock.travelDays(1)
  await turns(draft, 'published')
  expect(await seen()).toEqual(['草稿', '春节营业时间'])
  await turns(published, 'withdrawn')
  expect(await seen()).toEqual(['草稿'])
})

it('changes the text in place, and keeps the day of the first publication', async () => {
  const announcementId = await writes('写错了')
  const { revision } = await announcementNow(admin, announcementId)
  const words = { title: '改好了', body: '正文' }
  await admin.call('PATCH /admin/announcements/:announcementId', { announcementId, ...words, revision })
  const { rows } = await world.anyone().call('GET /announcements', {})
  expect(rows.find((row) => row.announcementId === announcementId)).toMatchObject({ title: '改好了', body: '正文' })
})

it('is written once for repeated requests, and refused when blank or unknown', async () => {
  const wish = { title: '一次', body: '正文', publish: true, requestId: fresh() }
  expect(await admin.call('POST /admin/announcements', wish)).toEqual(
    await admin.call('POST /admin/announcements', wish),
  )
  const blank = await admin.ask('POST /admin/announcements', { ...wish, body: ' \n ', requestId: fresh() })
  expect(blank.status).toBe(400)
  const state = { announcementId: 99_999, state: 'published', revision: '0'.repeat(16) }
  const unknown = await admin.ask('POST /admin/announcements/:announcementId/state', state)
  expect(unknown.body.code).toBe('announcement.unknown')
})

it('is read page by page, the latest first', async () => {
  for (let count = 0; count < 4; count++) await writes(`第 ${count} 条`)
  const titles: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await world.anyone().call('GET /announcements', { limit: 2, ...(cursor && { cursor }) })
    titles.push(...page.rows.map(({ title }) => title))
    cursor = page.next
  }
  expect(titles).toEqual(await seen())
  expect(titles.length).toBeGreaterThan(4)
})
