import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aKind, grantTo } from '../support/coupons.ts'
import { fresh } from '../support/server.ts'
import { aShop } from './shop.ts'

let shop: Awaited<ReturnType<typeof aShop>>
let member: Awaited<ReturnType<typeof shop.aCustomer>>

beforeAll(async () => {
  shop = await aShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  member = await shop.aCustomer('小美')
})

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('the profile', () => {
  beforeEach(async () => {
    member.phone.open('/member/profile/index')
    await member.phone.sees('点头像更换')
  })

  it('saves a nickname that was chosen from WeChat’s suggestion, which fires the blur alone (FP8)', async () => {
    await member.phone.chooses('怎么称呼您', '小鹿')
    await member.phone.tap('保存')
    await member.phone.sees('已保存')
    expect((await member.call('GET /me')).profile.nickname).toBe('小鹿')
  })

  it('has nothing to save when the field was not changed (FP8)', async () => {
    await member.phone.chooses('怎么称呼您', '小美')
    expect(await member.phone.isFree('保存')).toBe(false)
  })

  it('reduces an avatar that is too large before it is sent (FP12)', async () => {
    member.phone.around.files.set('photo.jpg', 'A'.repeat(2_400_000))
    member.phone.around.compressed = png
    await member.phone.picksAvatar('photo.jpg')
    await member.phone.sees('已保存')
    expect((await member.call('GET /me')).profile.avatarUrl).not.toBe('')
  })

  it('keeps what is typed when the avatar is changed before it is saved (FP12)', async () => {
    const { phone } = member
    await phone.type('怎么称呼您', '阿满')
    phone.around.files.set('photo.jpg', 'A'.repeat(2_400_000))
    phone.around.compressed = png
    await phone.picksAvatar('photo.jpg')
    await phone.sees('已保存')
    expect(await phone.valueIn('怎么称呼您')).toBe('阿满')
    phone.around.toasts.length = 0
    await phone.tap('保存')
    await phone.sees('已保存')
    expect((await member.call('GET /me')).profile.nickname).toBe('阿满')
  })

  it('says what to do when the avatar cannot be made small enough (FP12)', async () => {
    member.phone.around.files.set('photo.jpg', 'A'.repeat(2_400_000))
    await member.phone.picksAvatar('photo.jpg')
    await member.phone.sees('这张图片太大了，请截小一点再试')
  })

  it('says what to do when the avatar cannot be read (FP12)', async () => {
    await member.phone.picksAvatar('gone.jpg')
    await member.phone.sees('这张图片读不出来，请换一张照片')
  })
})

describe('asking for reminders', () => {
  beforeEach(async () => {
    member.phone.open('/member/inbox/index')
  })
  const allows = (answer: string) => {
    member.phone.around.subscribe = async (ids) => Object.fromEntries(ids.map((id) => [id, answer]))
  }

  it.each(['accept', 'acceptWithAudio', 'acceptWithAlert'])(
    'counts the answer %s as an accept (FP9)',
    async (answer) => {
      allows(answer)
      await member.phone.tap('提醒我')
      await member.phone.sees('还会提醒您 1 次')
    },
  )

  it.each([
    ['reject', '没有开启'],
    ['ban', '关闭了这类提醒'],
  ])('says what became of the answer %s (FP9)', async (answer, text) => {
    allows(answer)
    await member.phone.tap('提醒我')
    await member.phone.sees(text)
  })

  it.each([
    [20004, '微信里关闭了订阅消息'],
    [10002, '微信暂时无法开启提醒'],
  ])('says why WeChat could not ask: error %i (FP9)', async (errCode, text) => {
    member.phone.around.subscribe = () => Promise.reject(Object.assign(new Error('fail'), { errCode }))
    await member.phone.tap('提醒我')
    await member.phone.sees(text)
    expect(member.phone.errors).toEqual([])
  })
})

describe('the member code', () => {
  it('is hidden when it has expired, and is shown again after a tap (FP10)', async () => {
    const { phone } = member
    phone.tab('会员码')
    await phone.sees('秒后自动更新')
    await new Promise((resolve) => setTimeout(resolve, 500))
    phone.around.between = (op) => (op === 'GET /me/code' ? { status: 503, body: null } : null)
    phone.later(40 / 60)
    await phone.sees('没能刷新')
    phone.later(30 / 60)
    await phone.sees('会员码已过期')
    phone.around.between = () => null
    await phone.tap('点这里刷新')
    await phone.seesNo('会员码已过期')
  })
})

describe('a frozen member', () => {
  beforeEach(async () => {
    const admin = await shop.asAdmin()
    const { memberId } = member
    await admin.call('POST /admin/members/:memberId/standing', {
      memberId,
      standing: 'frozen',
      reason: '核实一笔异常消费',
      requestId: fresh(),
    })
  })

  it.each(['home', 'mall', 'code', 'me'])('sees the freeze on the tab %s (FP10)', async (tab) => {
    member.phone.open(`/pages/${tab}/index`)
    await member.phone.sees('账户已冻结')
  })

  it.each(['pages/home', 'pages/me', 'member/ledger'])('sees no usable points on %s (FM16)', async (page) => {
    member.phone.open(`/${page}/index`)
    await member.phone.sees('解冻后可用')
    await member.phone.seesNo('可用积分')
  })

  it.each(['ledger', 'statement', 'purchases', 'check-in', 'orders', 'invite', 'benefits', 'inbox', 'profile'])(
    'sees the freeze on the page %s (FP10)',
    async (page) => {
      member.phone.open(`/member/${page}/index`)
      await member.phone.sees('账户已冻结，暂时不能获得和使用积分')
    },
  )

  it('sees disabled buttons with the reason for actions that would be refused (FP10)', async () => {
    const itemId = await shop.anItem()
    member.phone.open(`/member/item/index?id=${itemId}`)
    expect(await member.phone.isFree('账户已冻结，暂时不能兑换')).toBe(false)
    member.phone.open('/member/check-in/index')
    expect(await member.phone.isFree('账户已冻结，暂时不能签到')).toBe(false)
  })
})

describe('the coupons', () => {
  it('are listed with what they save and until when, those that were used apart (E10, D6)', async () => {
    const admin = await shop.asAdmin()
    const { kindId } = await aKind(
      admin,
      { saving: { type: 'amount', offFen: 10_00, fromFen: 50_00 } },
      { name: '开业券' },
    )
    const { phone, memberId } = member
    await grantTo(shop, admin, kindId, [memberId])
    phone.open('/member/coupons/index')
    await phone.sees('满 50 元减 10 元')
    await phone.sees('开业券')
    await phone.tap('已使用')
    await phone.sees('这里还没有券')
  })
})
