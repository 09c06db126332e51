import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announcementNow, changeSettings, keepDraft } from '../../support/edits.ts'
import { aPolicy } from '../../support/policies.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const store = { name: '一店', address: '', hours: '', open: true }
const item = {
  name: '随行杯',
  category: '生活',
  pictureUrl: '',
  points: 500,
  worthFen: 0,
  description: '',
  instructions: '',
  limitPerMember: null,
  listed: true,
  position: 1,
}

interface Editable {
  /** Prepares a record and returns the operation, the record's parameters, and the revision that two windows read. */
  open: () => Promise<{ op: string; of: object; revision: string | null }>
  first: object
  second: object
  /** What the refusal shows for the comparison. */
  now: object
}

/** Everything in the panel that people edit, with what two windows make of it. */
const editables: Record<string, Editable> = {
  settings: {
    open: async () => {
      const { revision } = await changeSettings(admin, { name: '旧名字', notice: '', servicePhone: '', cards: false })
      return { op: 'PUT /admin/settings', of: {}, revision }
    },
    first: { name: '新名字', notice: '', servicePhone: '', cards: false },
    second: { name: '旧名字', notice: '公告', servicePhone: '', cards: false },
    now: { name: '新名字', notice: '' },
  },
  'a store': {
    open: async () => {
      const { storeId, revision } = await admin.call('POST /admin/stores', { ...store, requestId: fresh() })
      return { op: 'PATCH /admin/stores/:storeId', of: { storeId }, revision }
    },
    first: { hours: '全天' },
    second: { address: '人民路 1 号' },
    now: { hours: '全天', address: '' },
  },
  'an item': {
    open: async () => {
      const { itemId, revision } = await admin.call('POST /admin/items', { ...item, stock: 5, requestId: fresh() })
      return { op: 'PATCH /admin/items/:itemId', of: { itemId }, revision }
    },
    first: { points: 800 },
    second: { name: '保温杯' },
    now: { points: 800, name: '随行杯' },
  },
  'the words of an announcement': {
    open: async () => {
      const { announcementId, revision } = await anAnnouncement()
      return { op: 'PATCH /admin/announcements/:announcementId', of: { announcementId }, revision }
    },
    first: { title: '春节放假', body: '正文' },
    second: { title: '放假', body: '初一到初三' },
    now: { title: '春节放假', body: '正文' },
  },
  'the state of an announcement': {
    open: async () => {
      const { announcementId, revision } = await anAnnouncement()
      return { op: 'POST /admin/announcements/:announcementId/state', of: { announcementId }, revision }
    },
    first: { state: 'published' },
    second: { state: 'withdrawn' },
    now: { state: 'published' },
  },
  'a role': {
    open: async () => {
      const [memberId, storeId] = [await world.aMember(), await world.aStore()]
      return { op: 'PUT /admin/staff/:memberId', of: { memberId, storeIds: [storeId] }, revision: null }
    },
    first: { role: 'manager' },
    second: { role: 'clerk' },
    now: { role: 'manager' },
  },
  tags: {
    open: async () => {
      const memberId = await world.aMember()
      const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
      return { op: 'PUT /admin/members/:memberId/tags', of: { memberId }, revision: revisions.tags }
    },
    first: { tags: ['熟客'] },
    second: { tags: ['学生'] },
    now: { tags: ['熟客'] },
  },
  'a profile': {
    open: async () => {
      const memberId = await world.aMember()
      const { revisions } = await admin.call('GET /admin/members/:memberId', { memberId })
      const of = { memberId, reason: '会员来电更正' }
      return { op: 'PATCH /admin/members/:memberId/profile', of, revision: revisions.profile }
    },
    first: { nickname: '林小满' },
    second: { address: '滨江路 2 号' },
    now: { nickname: '林小满', address: '' },
  },
  'the draft of the policy': {
    open: async () => {
      const { revision } = await keepDraft(admin, null)
      return { op: 'PUT /admin/policy/draft', of: {}, revision }
    },
    first: { draft: aPolicy({ name: '先存的' }) },
    second: { draft: aPolicy({ name: '后存的' }) },
    now: { draft: { name: '先存的' } },
  },
}

async function anAnnouncement() {
  const draft = { title: '放假', body: '正文', publish: false, requestId: fresh() }
  return announcementNow(admin, (await admin.call('POST /admin/announcements', draft)).announcementId)
}

describe.each(Object.entries(editables))('%s', (_, { open, first, second, now }) => {
  it('is not replaced by a window with an outdated version, which gets both versions for comparison (FM1)', async () => {
    const { op, of, revision } = await open()
    expect((await admin.ask(op, { ...of, ...first, revision })).status).toBe(200)
    const late = await admin.ask(op, { ...of, ...second, revision })
    expect(late).toMatchObject({
      status: 409,
      body: {
        code: 'edit.outdated',
        text: '您打开之后，这里又被改过。请对照最新的内容，再决定保存哪一份',
        detail: { now, revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
      },
    })
    const informed = await admin.ask(op, { ...of, ...second, revision: late.body.detail.revision })
    expect(informed.status).toBe(200)
  })

  it('is saved by a window whose first answer was lost and which sends its edit again (FM1)', async () => {
    const { op, of, revision } = await open()
    const once = await admin.ask(op, { ...of, ...first, revision })
    const again = await admin.ask(op, { ...of, ...first, revision })
    expect([once.status, again.status]).toEqual([200, 200])
    expect(again.body).toEqual(once.body)
  })

  it('is changed by only one of two edits that ten windows save at once (FM1)', async () => {
    const { op, of, revision } = await open()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => admin.ask(op, { ...of, ...(at % 2 ? second : first), revision })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(answers.filter(({ body }) => body.code === 'edit.outdated')).toHaveLength(5)
  })

  it('cannot be changed without the version that was seen (FM1)', async () => {
    const { op, of } = await open()
    expect((await admin.ask(op, { ...of, ...first })).body.code).toBe('input.invalid')
  })
})

it('writes the value before beside the value after into the audit log (FM15)', async () => {
  const { op, of, revision } = await editables['a store']!.open()
  await admin.ask(op, { ...of, hours: '09:00–21:30', revision })
  const { rows } = await admin.call('POST /admin/audit-log/search', { action: 'store.change', limit: 1 })
  expect(JSON.parse(rows[0]!.detail)).toEqual({ before: { hours: '' }, after: { hours: '09:00–21:30' } })
})

it('does not count stock as a change of the item, because members redeem all the time (FM1)', async () => {
  const { of, revision } = await editables['an item']!.open()
  const delivery = { ...(of as { itemId: number }), delta: 5, reason: '到货', requestId: fresh() }
  await admin.call('POST /admin/items/:itemId/stock', delivery)
  expect((await admin.ask('PATCH /admin/items/:itemId', { ...of, points: 600, revision })).status).toBe(200)
})
