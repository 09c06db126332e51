import { describe, expect, test } from 'vitest'
import { atTheCounter, clerk, member, scan, scanAndFill, shop } from './counter.ts'
import { codeOf } from './shop.ts'

atTheCounter()

describe('a scan', () => {
  test('with a lost answer is repeated without the code counting as used', async () => {
    const { phone } = clerk
    phone.around.network = 'loses-answers'
    await scan()
    await phone.sees('没有收到回答，网络可能断了')
    phone.around.network = 'on'
    await phone.tap('再试一次')
    await phone.isOn('clerk/customer/index')
    await phone.sees('小美')
  })

  test('can be typed, with blanks between the groups', async () => {
    const code = await codeOf(member.call)
    await clerk.phone.type('输入码下方的数字', code.replace(/(.{4})/g, '$1 '))
    await clerk.phone.tap('确定')
    await clerk.phone.sees('小美')
  })

  test('of an unknown code shows that it is unknown', async () => {
    await scan('https://example.com/menu')
    await clerk.phone.sees('这不是会员码或取货码')
    await scan('1234567890')
    await clerk.phone.sees('没有找到这个码')
  })

  test('of a used code shows that it was used', async () => {
    const code = await codeOf(member.call)
    await scan(code)
    await clerk.phone.sees('小美')
    clerk.phone.back()
    await scan(code)
    await clerk.phone.sees('会员码已被使用')
  })

  test('of a frozen member shows the member, and that nothing can be recorded or used (FM16)', async () => {
    const admin = await shop.asAdmin()
    await admin.call('POST /admin/members/:memberId/standing', {
      memberId: member.memberId,
      standing: 'frozen',
      reason: '测试',
      requestId: `freeze-${member.memberId}`,
    })
    await scan()
    await clerk.phone.sees('这位会员的账户已冻结')
    await clerk.phone.sees('解冻后可用')
    await clerk.phone.seesNo('确认记账')
    await clerk.phone.sees('扫下一位')
  })
})

describe('a visit', () => {
  test('that has expired keeps the typed lines for the same member’s next code', async () => {
    const { phone } = clerk
    await scanAndFill('A-7', '66')
    await phone.sees('+66 分')
    phone.later(16)
    await phone.sees('十五分钟到了')
    await phone.seesNo('确认记账')
    phone.around.camera = await codeOf(member.call)
    await phone.tap('重新扫会员码')
    await phone.sees('¥66.00')
  })
})

describe('a clerk', () => {
  test('a dismissed clerk sees a message and where to go', async () => {
    const admin = await shop.asAdmin()
    await admin.call('DELETE /admin/staff/:memberId', { memberId: clerk.memberId })
    await scan()
    await clerk.phone.sees('您已不是店员，请联系店长')
    clerk.phone.open('/clerk/home/index')
    await clerk.phone.sees('您现在不是店员')
    await clerk.phone.tap('回到会员端')
    await clerk.phone.isOn('pages/me/index')
  })

  test('of two stores chooses a store once, and the choice is kept', async () => {
    const second = await shop.aStore('静安寺店')
    const { phone } = await shop.aClerk('小周', [shop.storeId, second])
    await phone.tap('人民广场店')
    await phone.tap('静安寺店')
    phone.open('/clerk/home/index')
    await phone.sees('静安寺店')
    await phone.seesNo('人民广场店')
  })
})

describe('a purchase that the clerk leaves', () => {
  test('is found again with its member and lines, and after another member was served (FT3)', async () => {
    const { phone } = clerk
    await scanAndFill('L-1', '60')
    await phone.tap('再加一行')
    await phone.type('0.00', '6.5')
    phone.back()
    await phone.sees('接着给小美记')
    await phone.sees('¥66.50')
    const other = await shop.aCustomer('小林')
    await scan(await codeOf(other.call))
    await phone.sees('小林')
    await phone.type('0.00', '5')
    await phone.sees('+5 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小林名下')
    await phone.tap('回工作台')
    await phone.seesNo('接着给小林记')
    await phone.tap('接着给小美记')
    await phone.sees('¥66.50')
    await phone.sees('+66 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    await phone.sees('L-1')
    await phone.tap('回工作台')
    await phone.seesNo('还没记完')
    expect(phone.errors).toEqual([])
  })
})

describe('a clerk’s phone whose clock is wrong', () => {
  test('twenty minutes ahead or behind, counts the visit from the answer and records (FP4)', async () => {
    const { phone } = clerk
    phone.later(20)
    await scan()
    await phone.sees('14:5')
    await phone.type('0.00', '12')
    await phone.sees('+12 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    phone.later(-60)
    phone.around.camera = await codeOf(member.call)
    await phone.tap('扫下一位')
    await phone.type('0.00', '13')
    await phone.sees('+13 分')
    await phone.tap('确认记账')
    await phone.sees('+13 分')
  })
})

describe('a member without the code', () => {
  const noOf = (memberId: number) => String(memberId).padStart(8, '0')

  test('is found by number, and spends points only after a confirmation on their own phone (FT1, FS11)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', noOf(member.memberId))
    await phone.tap('确定')
    await phone.sees('是按会员号查到的')
    await phone.sees('确认是 小美 本人')
    await phone.type('0.00', '8')
    await phone.tap('最多 40 分')
    await phone.sees('应付 ¥8.00，积分抵 ¥4.00')
    await phone.seesNo('确认记账')
    await phone.tap('请会员确认')
    await phone.sees('已问会员能不能用 40 分')
    await member.phone.tab('会员码')
    await member.phone.sees('人民广场店的店员想用你的 40 分抵 ¥4.00')
    await member.phone.tap('同意')
    await phone.sees('会员同意用 40 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 14, spent: 40 } })
    expect([phone.errors, member.phone.errors]).toEqual([[], []])
  })

  test('a member who refuses keeps the points, and earns for the money (FS11)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', noOf(member.memberId))
    await phone.tap('确定')
    await phone.type('0.00', '8')
    await phone.tap('最多 40 分')
    await phone.tap('请会员确认')
    await member.phone.tab('会员码')
    await member.phone.tap('不同意')
    await phone.sees('会员没有同意用 40 分')
    await phone.tap('不用')
    await phone.sees('+8 分')
    await phone.tap('确认记账')
    await phone.sees('已记到小美名下')
    expect(await member.call('GET /me')).toMatchObject({ points: { balance: 58, spent: 0 } })
  })

  test('is reported as not found when unknown (FT1)', async () => {
    const { phone } = clerk
    await phone.type('输入码下方的数字', '13999999999')
    await phone.tap('确定')
    await phone.sees('没有找到这位会员')
  })
})
