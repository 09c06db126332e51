import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { jobs } from '@pointbook/server/features'
import { members } from '@pointbook/server/features/members/directory/tables'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeItem } from '../../support/edits.ts'
import { anAnimation, anEmptyPng, aPhoto, aPicture } from '../../support/pictures.ts'
import { aWorld, fresh, type Speaker } from '../../support/world.ts'

let world: Awaited<ReturnType<typeof aWorld>>
let admin: Speaker

beforeAll(async () => {
  world = await aWorld()
  admin = await world.asAdmin()
})
afterAll(() => world.close())

const fileOf = (url: string) => path.join(world.outside.files.folder, path.basename(url))
const readKept = (url: string) => sharp(readFileSync(fileOf(url)))
const isKept = (url: string) => readdirSync(world.outside.files.folder).includes(path.basename(url))
const sweep = () =>
  jobs(world.server)
    .find(({ name }) => name === 'sweep-pictures')!
    .run()

async function aMemberWithPicture(picture?: string) {
  const memberId = await world.aMember()
  const me = await world.asMember(memberId)
  const { avatarUrl } = await me.call('POST /me/profile', { avatar: picture ?? (await aPicture()) })
  return { memberId, me, avatarUrl }
}

const uploads: [string, (picture: string) => Promise<{ status: number; body: { code: string } }>][] = [
  ['an avatar', async (avatar) => (await world.asMember(await world.aMember())).ask('POST /me/profile', { avatar })],
  ['an item’s picture', (picture) => admin.ask('POST /admin/pictures', { picture })],
]

describe.each(uploads)('%s that is uploaded', (_what, upload) => {
  it.each(['png', 'jpeg', 'webp'] as const)('may be a %s and is kept as a WebP (FS6)', async (format) => {
    const { status, body } = (await upload(await aPicture({ format }))) as { status: number; body: object }
    expect(status).toBe(200)
    const [url] = Object.values(body).filter((value) => /^\/files\/[0-9a-f]{32}\.webp$/.test(String(value)))
    expect((await readKept(url).metadata()).format).toBe('webp')
  })

  it('is refused with its own code when it is not a supported picture, or is broken (FS6)', async () => {
    const whole = Buffer.from(await aPicture({ width: 300, height: 300, format: 'jpeg' }), 'base64')
    const nothings = {
      'only the first bytes of a PNG': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'a JPEG cut off': whole.subarray(0, whole.length / 2),
      'an SVG': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"/>'),
      'a GIF': Buffer.from(await aPicture({ format: 'gif' }), 'base64'),
      'a page': Buffer.from('<!doctype html><script>alert(1)</script>'),
      'a PDF': Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n'),
      'a PNG of no size': Buffer.from(anEmptyPng(0, 0), 'base64'),
    }
    for (const [what, bytes] of Object.entries(nothings)) {
      const { status, body } = await upload(bytes.toString('base64'))
      expect([what, status, body.code]).toEqual([what, 400, 'picture.invalid'])
    }
  })

  it('is refused with its own code, before decoding, when it has more pixels than a photo (FS6)', async () => {
    for (const [width, height] of [
      [20_000, 20_000],
      [1, 30_000],
      [4_097, 10],
    ] as const) {
      const { status, body } = await upload(anEmptyPng(width, height))
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { code: 'picture.too-large', text: '图片的边长不能超过 4,096 像素，请缩小后再上传' },
      })
    }
    expect((await upload(anEmptyPng(4_096, 4_096))).status).toBe(200)
  })
})

describe('a picture that is kept', () => {
  it('contains no location, no author and no rotation, and is upright (FS6)', async () => {
    const photo = await aPhoto()
    expect((await sharp(Buffer.from(photo, 'base64')).metadata()).exif).toBeDefined()
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: photo })
    const { exif, xmp, iptc, icc, orientation, width, height } = await readKept(pictureUrl).metadata()
    expect({ exif, xmp, iptc, icc, orientation, width, height }).toEqual({ width: 200, height: 400 })
    expect(readFileSync(fileOf(pictureUrl)).toString('latin1')).not.toMatch(/GPS|somebody|Exif/)
    // Turned to the right, what was the left half is the top.
    const [top] = await readKept(pictureUrl).extract({ left: 100, top: 50, width: 1, height: 1 }).raw().toBuffer()
    expect(top).toBeGreaterThan(200)
  })

  it('contains no data that followed the picture in the uploaded file (FS6)', async () => {
    const both = Buffer.concat([Buffer.from(await aPicture(), 'base64'), Buffer.from('<script>alert(1)</script>')])
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: both.toString('base64') })
    expect(readFileSync(fileOf(pictureUrl)).toString('latin1')).not.toContain('script')
  })

  it('is the first frame of an animation (FS6)', async () => {
    const { avatarUrl } = await aMemberWithPicture(await anAnimation())
    expect((await readKept(avatarUrl!).metadata()).pages ?? 1).toBe(1)
  })

  it('is reduced to the size of its use and never enlarged (FS6)', async () => {
    const sizeOf = async (url: string) => {
      const { width, height } = await readKept(url).metadata()
      return [width, height]
    }
    const large = await aPicture({ width: 3_000, height: 1_500 })
    const [avatar, item] = [
      await aMemberWithPicture(large),
      await admin.call('POST /admin/pictures', { picture: large }),
    ]
    expect([await sizeOf(avatar.avatarUrl!), await sizeOf(item.pictureUrl)]).toEqual([
      [320, 320],
      [1_000, 500],
    ])
    const small = await admin.call('POST /admin/pictures', { picture: await aPicture({ width: 7, height: 5 }) })
    expect(await sizeOf(small.pictureUrl)).toEqual([7, 5])
  })

  it('is removed when the member or the merchant has replaced it (FS6)', async () => {
    const { me, avatarUrl } = await aMemberWithPicture()
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    const item = await admin.call('POST /admin/items', anOffer(pictureUrl))
    expect([isKept(avatarUrl!), isKept(pictureUrl)]).toEqual([true, true])
    await me.call('POST /me/profile', { avatar: await aPicture() })
    await changeItem(admin, { itemId: item.itemId, pictureUrl: '' })
    await world.settle()
    expect([isKept(avatarUrl!), isKept(pictureUrl)]).toEqual([false, false])
  })

  it('stays while another record uses it (FS6)', async () => {
    const { me, avatarUrl } = await aMemberWithPicture()
    const other = await world.aMember()
    await world.db.update(members).set({ avatarUrl: avatarUrl! }).where(eq(members.id, other))
    await me.call('POST /me/profile', { avatar: await aPicture() })
    await world.settle()
    expect(isKept(avatarUrl!)).toBe(true)
  })

  it('is removed after a day without use (FS6)', async () => {
    const { avatarUrl } = await aMemberWithPicture()
    const unused = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    const recent = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    const yesterday = Date.now() / 1000 - 90_000
    for (const url of [avatarUrl!, unused.pictureUrl]) utimesSync(fileOf(url), yesterday, yesterday)
    await sweep()
    expect([avatarUrl!, unused.pictureUrl, recent.pictureUrl].map(isKept)).toEqual([true, false, true])
  })
})

describe('a member', () => {
  it('sends at most twenty pictures a day, however many at once, and again the next day (FS6)', async () => {
    const { me } = await aMemberWithPicture()
    const picture = await aPicture()
    const answers = await Promise.all(Array.from({ length: 24 }, () => me.ask('POST /me/profile', { avatar: picture })))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.map(({ body }) => body.code)).toEqual(Array(5).fill('picture.limit-reached'))
    expect((await me.ask('POST /me/profile', { nickname: '换个名字' })).status).toBe(200)
    world.clock.travelDays(1)
    expect((await me.ask('POST /me/profile', { avatar: picture })).status).toBe(200)
  })

  it('cannot avoid the limit with files that are no pictures (FS6)', async () => {
    const me = await world.asMember(await world.aMember())
    const none = Buffer.from('no picture at all').toString('base64')
    for (let time = 0; time < 20; time++) await me.ask('POST /me/profile', { avatar: none })
    expect((await me.ask('POST /me/profile', { avatar: none })).body.code).toBe('picture.limit-reached')
  })
})

const anOffer = (pictureUrl: string) => ({
  name: '随行杯',
  category: '生活',
  pictureUrl,
  points: 500,
  worthFen: 89_00,
  description: '',
  instructions: '',
  limitPerMember: null,
  listed: true,
  position: 1,
  stock: 5,
  requestId: fresh(),
})

describe('an item', () => {
  it.each([
    '//evil.example/x.png',
    'https://evil.example/x.png',
    '/evil.png',
    '/files/../../etc/passwd',
    '/files//evil.example/0123456789abcdef0123456789abcdef.png',
    '/files/invitations/formal-ABCDEF',
    '/files/0123456789abcdef0123456789abcdef.svg',
    '/FILES/0123456789abcdef0123456789abcdef.png',
  ])('refuses the picture %s: it is none of ours (FS18)', async (pictureUrl) => {
    const { itemId, revision } = await admin.call('POST /admin/items', anOffer(''))
    for (const answer of [
      await admin.ask('POST /admin/items', anOffer(pictureUrl)),
      await admin.ask('PATCH /admin/items/:itemId', { itemId, pictureUrl, revision }),
    ])
      expect([answer.status, answer.body.code]).toEqual([400, 'input.invalid'])
  })

  it('refuses a picture that was never uploaded, and keeps its own where the file was lost (FS18)', async () => {
    const unknown = `/files/${'0'.repeat(32)}.webp`
    const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: await aPicture() })
    const { itemId, revision } = await admin.call('POST /admin/items', anOffer(pictureUrl))
    const refusal = { status: 400, body: { code: 'picture.unknown', text: '没有找到这张图片，请重新上传' } }
    expect(await admin.ask('POST /admin/items', anOffer(unknown))).toMatchObject(refusal)
    expect(await admin.ask('PATCH /admin/items/:itemId', { itemId, pictureUrl: unknown, revision })).toMatchObject(
      refusal,
    )
    await world.outside.files.removePicture(pictureUrl)
    expect((await admin.ask('PATCH /admin/items/:itemId', { itemId, name: '旧杯', pictureUrl, revision })).status).toBe(
      200,
    )
  })
})

it('serves pictures, and no unfinished file (FS6)', async () => {
  const { pictureUrl } = await admin.call('POST /admin/pictures', { picture: await aPicture() })
  writeFileSync(path.join(world.outside.files.folder, '.unfinished.webp'), 'half')
  const served = await world.app.http.inject({ url: pictureUrl })
  expect([served.statusCode, served.headers['content-type']]).toEqual([200, 'image/webp'])
  expect((await world.app.http.inject({ url: '/files/.unfinished.webp' })).statusCode).toBe(404)
})
