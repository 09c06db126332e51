import { describe, expect, test } from 'vitest'
import { atTheCounter, clerk, member, scan, scanAndFill, shop } from './counter.ts'
import type { Phone } from './harness.ts'
import { codeOf } from './shop.ts'

atTheCounter()

const key = 'till-drafts'
const draftsOn = (phone: Phone) => JSON.parse(String(phone.around.storage.get(key) ?? '[]'))

/** Ten in the morning on the phone, so that no day ends within a test. */
function inTheMorning(phone: Phone) {
  const minuteInChina = Math.floor(Date.now() / 60_000 + 480) % 1440
  phone.later((600 - minuteInChina + 1440) % 1440)
}

/** WeChat closes the clerk's program, and it is opened again; `change` is what happens to its storage in between. */
async function reopened(whose: typeof clerk, change: (storage: Map<string, unknown>) => void = () => {}, minutes = 0) {
  const { storage } = whose.phone.around
  whose.phone.close()
  const phone = await shop.aStranger(whose.openid, (around) => {
    for (const [name, value] of storage) around.storage.set(name, value)
    change(around.storage)
  })
  inTheMorning(phone)
  phone.later(minutes)
  phone.open('/clerk/home/index')
  await phone.sees('扫码')
  return phone
}

async function halfTyped(amount = '60') {
  inTheMorning(clerk.phone)
  await scanAndFill('', amount)
  await clerk.phone.tap('再加一行')
  await clerk.phone.type('0.00', '6.5')
  await clerk.phone.sees('+66 分')
}

describe('a half-typed purchase after the program was closed', () => {
  test('is offered at the next opening, goes on in its visit, and is forgotten once recorded (FT3)', async () => {
    await halfTyped()
    const phone = await reopened(clerk)
    await phone.tap('接着给小美记')
    await phone.sees('¥66.50')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(draftsOn(phone)).toEqual([])
    await phone.tap('回工作台')
    await phone.seesNo('还没记完')
    expect(phone.errors).toEqual([])
  })

  test('asks for the code again when its visit has ended, and keeps its lines (FT3)', async () => {
    await halfTyped()
    const phone = await reopened(clerk, undefined, 16)
    await phone.sees('要再扫一次码')
    await phone.tap('接着给小美记')
    await phone.sees('十五分钟到了')
    await phone.seesNo('确认记账')
    phone.around.camera = await codeOf(member.call)
    await phone.tap('重新扫会员码')
    await phone.sees('+66 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 116 } })
  })

  test('counts once when the server recorded it and the answer was lost (FT3, FT2)', async () => {
    await halfTyped()
    clerk.phone.around.network = 'loses-answers'
    await clerk.phone.tap('确认记账')
    await clerk.phone.sees('可以放心再按一次，不会重复记录')
    const phone = await reopened(clerk, undefined, 16)
    await phone.tap('接着给小美记')
    phone.around.camera = await codeOf(member.call)
    await phone.tap('重新扫会员码')
    await phone.sees('已记到小美名下')
    await phone.sees('这一单之前已经记上了')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 116 } })
  })

  test('is recognised by its draft after a lost answer, also with a receipt number and after a change (FT3)', async () => {
    inTheMorning(clerk.phone)
    await scanAndFill('LOST-1', '60')
    await clerk.phone.sees('+60 分')
    clerk.phone.around.network = 'loses-answers'
    await clerk.phone.tap('确认记账')
    await clerk.phone.sees('可以放心再按一次，不会重复记录')
    await clerk.phone.type('0.00', '70')
    const phone = await reopened(clerk)
    await phone.tap('接着给小美记')
    await phone.sees('已记到小美名下')
    await phone.sees('这一单之前已经记上了')
    await phone.sees('¥60.00')
    expect(draftsOn(phone)).toEqual([])
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 110 } })
    expect(phone.errors).toEqual([])
  })

  test('asks for the code again when the server says first that the visit has ended (FT3)', async () => {
    await halfTyped()
    const phone = await reopened(clerk, (storage) => {
      const [kept] = JSON.parse(String(storage.get(key)))
      storage.set(key, JSON.stringify([{ ...kept, visit: { ...kept.visit, visit: `${kept.visit.visit}x` } }]))
    })
    await phone.tap('接着给小美记')
    await phone.sees('十五分钟到了')
    await phone.sees('¥60.00')
  })

  test('is removed on the next day, from the storage too (FT3)', async () => {
    await halfTyped()
    const tomorrow = await reopened(clerk, undefined, 24 * 60)
    await tomorrow.seesNo('还没记完')
    expect(draftsOn(tomorrow)).toEqual([])
  })

  test('is removed when the clerk deletes it (FT3)', async () => {
    await halfTyped()
    const phone = await reopened(clerk)
    await phone.tap('.left-visit-drop')
    await phone.sees('不记这一单了？')
    await phone.tap('不记了')
    await phone.seesNo('还没记完')
    expect(draftsOn(phone)).toEqual([])
  })

  test('belongs to its clerk and store (FT3)', async () => {
    const second = await shop.aStore('静安寺店')
    const both = await shop.aClerk('小周', [shop.storeId, second])
    both.phone.around.camera = await codeOf(member.call)
    await both.phone.tap('扫码')
    await both.phone.type('0.00', '60')
    await both.phone.sees('+60 分')
    both.phone.back()
    await both.phone.sees('接着给小美记')
    await both.phone.tap('人民广场店')
    await both.phone.tap('静安寺店')
    await both.phone.seesNo('还没记完')
    const drafts = both.phone.around.storage.get(key)
    const phone = await reopened(clerk, (storage) => storage.set(key, drafts))
    await phone.seesNo('还没记完')
  })

  test('is forgotten at the log-out (FT3)', async () => {
    await halfTyped()
    const phone = await reopened(clerk)
    await phone.sees('接着给小美记')
    phone.open('/pages/me/index')
    await phone.tap('退出登录')
    await phone.tap('退出')
    await expect.poll(() => phone.around.storage.has(key)).toBe(false)
    const again = await reopened({ ...clerk, phone }, (storage) => storage.delete('session'))
    await again.seesNo('还没记完')
  })
})

describe('the storage of the drafts', () => {
  test('ignores damaged drafts, and keeps no more than twenty (FT3)', async () => {
    await halfTyped()
    let whole = ''
    const nonsense = await reopened(clerk, (storage) => {
      whole = String(storage.get(key))
      storage.set(key, '[{"clerkId":')
    })
    await nonsense.seesNo('还没记完')
    const phone = await reopened({ ...clerk, phone: nonsense }, (storage) => {
      const [kept] = JSON.parse(whole)
      const another = (memberId: number) => ({
        ...kept,
        visit: { ...kept.visit, visit: `v${memberId}`, member: { ...kept.visit.member, memberId: 900_000 + memberId } },
      })
      const damaged = [null, 7, {}, { ...kept, draft: { ...kept.draft, added: [{ name: '茶' }] } }]
      const others = Array.from({ length: 25 }, (_, index) => another(index))
      storage.set(key, JSON.stringify([...damaged, ...others, kept]))
    })
    await phone.sees('接着给小美记')
    const other = await shop.aCustomer('小林')
    phone.around.camera = await codeOf(other.call)
    await phone.tap('扫码')
    await phone.type('0.00', '5')
    await phone.sees('+5 分')
    const drafts = draftsOn(phone)
    expect(drafts).toHaveLength(20)
    expect(drafts.at(-1).visit.member.nickname).toBe('小林')
    expect(phone.errors).toEqual([])
  })

  test('can be full: the purchase is still recorded, and the draft is kept until the program is closed (FT3)', async () => {
    const { phone } = clerk
    phone.around.isFull = true
    await scan()
    await phone.type('0.00', '12')
    await phone.sees('+12 分')
    phone.back()
    await phone.tap('接着给小美记')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(phone.errors).toEqual([])
  })
})
