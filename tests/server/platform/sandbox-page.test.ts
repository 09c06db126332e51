import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { aSandbox, templates } from '../../support/sandbox.ts'

async function aPage(address: string) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(address)
  return { page, complaints }
}

test('the page shows that it is a sandbox, and the messages of a phone with their links', async () => {
  const { url, client, openid } = await aSandbox({ previewUrl: 'http://localhost:8080/m/' })
  const { page, complaints } = await aPage(url)
  await page.getByText('演示用的本地微信').waitFor()
  await page.getByText('还没有收到消息').waitFor()

  await page.getByText('同意一次').first().click()
  await page.getByText('还可发 1 条').waitFor()
  await client.sendSubscribeMessage({
    openid,
    templateId: templates.expiry,
    page: 'pages/home/index',
    data: { number1: '320', date2: '2026-03-09', thing3: '<b>拿铁</b>', thing4: '请留意' },
  })
  await page.getByText('<b>拿铁</b>', { exact: true }).waitFor()
  const link = await page.getByText('进入小程序查看').getAttribute('href')
  expect(link).toBe(`http://localhost:8080/m/?phone=${openid}#/pages/home/index`)
  await page.getByText('没有额度').first().waitFor()
  expect(complaints).toEqual([])
})

test('the page chooses another phone, switches it off and causes faults for it', async () => {
  const { url, ask } = await aSandbox({ previewUrl: 'http://localhost:8080/m/' })
  const { page, complaints } = await aPage(url)
  await page.getByText('周子墨').click()
  const [, second] = await ask('GET', '/phone/list')
  const open = page.getByText('用此手机打开小程序')
  await expect.poll(() => open.getAttribute('href')).toBe(`http://localhost:8080/m/?phone=${second.openid}`)

  await page.getByRole('switch', { name: '积分到期提醒' }).click()
  await page.getByRole('switch', { name: '积分到期提醒', checked: false }).waitFor()
  await page.getByText('返回 502').click()
  await page.getByText('等待触发').waitFor()
  const state = await ask('GET', '/control/state')
  expect(state.people[1].refused).toEqual([templates.expiry])
  expect(state.faults).toEqual([{ path: '*', times: 1, status: 502 }])
  expect(complaints).toEqual([])
})

test('the page is compressed, and browsers ask for it again each time (FM12, FW2)', async () => {
  const { url } = await aSandbox()
  for (const file of ['/', '/page.js', '/page.css']) {
    const { status, headers } = await fetch(new URL(file, url), { headers: { 'accept-encoding': 'gzip' } })
    expect([file, status, headers.get('cache-control'), headers.get('content-encoding')]).toEqual([
      file,
      200,
      'no-cache',
      'gzip',
    ])
  }
})
