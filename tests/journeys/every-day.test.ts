import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readQr } from '../miniprogram/read-picture.ts'
import { photoOf } from './photo.ts'
import { aStage, type Phone, type Stage } from './stage.ts'

const registrationPoints = 50

/** Steps 2 and 3: what a member does with the phone alone. */
describe('a member’s day', { timeout: 90_000 }, () => {
  let stage: Stage
  let member: Phone

  beforeAll(async () => {
    stage = await aStage()
    member = await stage.aMemberPhone('林小满')
  }, 120_000)
  afterEach((step) => stage.ended(step))
  afterAll(() => stage.close())

  const checksIn = async (points: number) => {
    await member.taps(`签到领 ${points} 分`)
    await member.hears(new RegExp(`^签到成功，获得 ${points} 分`))
  }
  const comesBackTomorrow = async () => {
    stage.clock.travelDays(1)
    await member.page.reload()
  }

  const digits = async () => (await member.reads(member.one(/^\d{4}( \d{1,4})+$/))).replaceAll(' ', '')

  test('the first check-in of a day gives points, and then the button is gone', async () => {
    await member.taps('每日签到')
    await member.sees('还差 3 天')
    await checksIn(5)
    await member.keeps('2-1-checked-in')
    expect(await stage.pointsOf('林小满')).toBe(registrationPoints + 5)
    await member.page.reload()
    await member.sees('今天已签到，明天再来')
    await member.seesNo(/^签到领/)
  })

  test('a second check-in from another device on the same day gives nothing', async () => {
    await comesBackTomorrow()
    await member.sees('签到领 5 分')
    const tablet = await stage.aPhone('林小满')
    await tablet.taps('签到 +5')
    await tablet.sees('签到领 5 分')
    await checksIn(5)
    await tablet.taps('签到领 5 分')
    await tablet.sees('今天已经签到过了，明天再来吧')
    await tablet.keeps('2-2-second-tap')
    expect(await stage.pointsOf('林小满')).toBe(registrationPoints + 10)
    await tablet.page.close()
  })

  test('the third day in a row gives 5 points more, the seventh 10 more', async () => {
    for (const points of [10, 5, 5, 5, 15]) {
      await comesBackTomorrow()
      await checksIn(points)
    }
    await member.keeps('2-3-seven-days')
    expect(await stage.pointsOf('林小满')).toBe(registrationPoints + 7 * 5 + 5 + 10)
    await member.opens('/member/ledger/index')
    await member.seesNo('已连续签到')
    await member.taps('每日签到', 0)
    await member.sees('连续签到奖励')
    await member.keeps('2-4-why-fifteen')
  })

  test('the streak begins again after a missed day', async () => {
    stage.clock.travelDays(2)
    await member.opens('/member/check-in/index')
    await member.page.reload()
    await checksIn(5)
    await member.hears('签到成功，获得 5 分，已连续签到 1 天')
  })

  test('the QR code on the screen contains the number below it', async () => {
    await member.opens('/pages/code/index')
    await member.sees(/秒后自动更新$/)
    await member.keeps('3-1-code')
    const shown = await digits()
    expect(shown).toMatch(/^\d{20}$/)
    expect(readQr(await photoOf(member.page))).toBe(shown)
  })

  test('the screen shows a new code before the old one expires', async () => {
    await member.page.clock.install()
    await member.page.reload()
    await member.sees(/秒后自动更新$/)
    const first = await digits()
    const seconds = Number.parseInt(await member.reads(member.one(/秒后自动更新$/)), 10)
    stage.clock.travel(seconds * 1000)
    await member.page.clock.fastForward(seconds * 1000)
    await expect.poll(digits).not.toBe(first)
    expect(readQr(await photoOf(member.page))).toBe(await digits())
  })

  test('a used code does not work a second time', async () => {
    const code = await digits()
    const clerk = await stage.aPhone('陈店员', '/clerk/home/index')
    await clerk.types('扫不了？输入码下方的数字', code)
    await clerk.taps('确定')
    await clerk.sees('林小满')
    await clerk.back()
    await clerk.types('扫不了？输入码下方的数字', code)
    await clerk.taps('确定')
    await clerk.sees('会员码已被使用，请让会员刷新后再扫')
    stage.expects('409 POST /clerk/scans')
    await clerk.keeps('3-2-used-code')
  })

  test('the name of an item has the width that the share button leaves (FP1)', async () => {
    const { page } = await stage.aPhone('林小满', '/member/item/index?id=1')
    const sizeOf = async (what: string) => (await page.locator(what).boundingBox())!
    const [name, share, card] = [await sizeOf('.item-name'), await sizeOf('.item-share'), await sizeOf('.card .row')]
    expect(name.width).toBeGreaterThan(card.width / 2)
    expect(name.height).toBeLessThan(2 * share.height)
    await page.close()
  })
})
