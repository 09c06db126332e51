import { demoPolicy } from '@pointbook/config/policies/demo'
import { members } from '@pointbook/server/features/members/directory/tables'
import { seedDemo } from '@pointbook/server/setup/demo'
import { eq } from 'drizzle-orm'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { fresh } from '../support/server.ts'
import { aWorldWithWeChat } from '../support/wechat-world.ts'
import { aScreen, watch } from './screen.ts'

const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

// Reduced motion, so that a touch never hits a moving element.
const calm = { reducedMotion: 'reduce' } satisfies BrowserContextOptions
const phone = {
  ...calm,
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions
const desktop = { ...calm, viewport: { width: 1440, height: 900 } } satisfies BrowserContextOptions

export type Stage = Awaited<ReturnType<typeof aStage>>
export type Phone = Awaited<ReturnType<Stage['aPhone']>>
export type Panel = Awaited<ReturnType<Stage['thePanel']>>

/** The demo shop with its local WeChat, on real ports, and a browser for its phones and its panel. */
export async function aStage() {
  const world = await aWorldWithWeChat({ policy: demoPolicy })
  await seedDemo(world.app)
  const { stores } = await world.anyone().call('GET /shop')
  const { storeId } = stores[0]!
  const clerk = await world.aClerk([storeId])
  const address = await world.app.http.listen({ port: 0, host: 'localhost' })
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: quietly })
  const complaints: string[] = []

  async function open(options: BrowserContextOptions, url: string) {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
    listen(context, complaints)
    const page = await context.newPage()
    await watch(page)
    await page.goto(url)
    return page
  }

  /** What every screen showed when a step failed. */
  async function keepAll(step: string) {
    const pages = browser.contexts().flatMap((context) => context.pages())
    await Promise.all(pages.map((page, index) => aScreen(page).keeps(`failed-${index + 1}-${step}`)))
  }

  /** The mini-program on the phone of a WeChat user, by name; opened at an address within it. */
  async function aPhone(name: string, at = '/pages/home/index') {
    const people = await world.people()
    const { openid } = people.find((person) => person.name === name)!
    const page = await open(phone, `${address}/m/?phone=${openid}#${at}`)
    const screen = aScreen(page)
    return { ...screen, openid, ...finger(page) }
  }

  /** The phone of a person who signed up without the screens; their nickname is their name. */
  async function aMemberPhone(name: string, at?: string) {
    const { openid } = (await world.people()).find((person) => person.name === name)!
    const signUp = { signUpTicket: await world.aTicket(openid), phoneCode: await world.phoneCode(openid) }
    const consents = { agreed: true, agreement: 1, age: 'from-14' } as const
    await world.anyone().call('POST /members', { ...signUp, nickname: name, ...consents, requestId: fresh('sign-up') })
    await world.settle()
    return aPhone(name, at)
  }

  async function memberNamed(nickname: string): Promise<number> {
    const [member] = await world.db.select().from(members).where(eq(members.nickname, nickname))
    return member!.id
  }

  return {
    ...world,
    aPhone,
    aMemberPhone,
    memberNamed,
    /** The panel in a separate browser context, at an address within it; `there` has options of the context. */
    thePanel: async (at = '/', there: BrowserContextOptions = {}) =>
      aScreen(await open({ ...desktop, ...there }, `${address}/panel${at}`)),
    /** A member's usable points in the book. */
    pointsOf: async (nickname: string) => (await world.account(await memberNamed(nickname))).balance,
    /** Sells something to a member at the first store, without a screen, and lets what that causes happen. */
    async sells(nickname: string, amountFen: number) {
      await world.buy(clerk, await memberNamed(nickname), storeId, [amountFen])
      await world.settle()
    },
    /** Runs one of the server's own jobs now, and what it causes. */
    async runs(job: string) {
      await world.app.jobs.find(({ name }) => name === job)!.run()
      await world.settle()
    },
    /** Removes an expected complaint from the list. */
    expects(complaint: string) {
      expect(complaints).toContain(complaint)
      complaints.splice(complaints.indexOf(complaint), 1)
    },
    /** To be called after each step: fails it when a page logged an error or a request failed. */
    async ended({ task }: { task: { name: string; result?: { state: string } } }) {
      if (task.result?.state === 'fail') await keepAll(task.name)
      expect(complaints.splice(0)).toEqual([])
    },
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}

/** What only a phone has. */
function finger(page: Page) {
  /**
   * Resolves when the previous page is gone, because it may have the text that is searched for next. Another page may still be
   * closing below it.
   */
  async function leaves(act: () => Promise<unknown>) {
    const before = await page.locator('.taro_page').filter({ visible: true }).last().elementHandle()
    await act()
    await before!.waitForElementState('hidden')
  }

  const tab = (text: string) => page.locator('.taro-tabbar__tabbar').getByText(text, { exact: true })

  return {
    tab: (text: string) => leaves(() => tab(text).tap()),
    back: () => leaves(() => page.goBack()),
    /** A sheet over the lower part of the screen closes by a tap on the rest. */
    tapsBesideSheet: () => page.touchscreen.tap(195, 200),
    /** Opens a page of the mini-program, as a link in a message would. */
    opens: (at: string) => page.goto(new URL(`#${at}`, page.url()).href),
    /** The points to spend, as the member's own page shows them. */
    async balance(): Promise<number> {
      const figure = page.getByText('可用积分', { exact: true }).filter({ visible: true }).locator('..')
      return Number.parseInt((await figure.textContent())!.replaceAll(',', ''), 10)
    },
  }
}

// The panel learns from this answer whether there is a session.
const expected = ['401 GET /admin/session']

// Taro's tab bar consists of links to `javascript:`, which our content policy blocks, and rightly.
const harmless = /^Failed to load resource|^Running the JavaScript URL violates/

function listen(context: BrowserContext, complaints: string[]) {
  context.on('console', (message) => {
    // Failed requests are handled below, by their address.
    if (message.type() === 'error' && !harmless.test(message.text())) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error().stack)))
  context.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const line = `${response.status()} ${response.request().method()} ${pathname}`
    if (response.status() >= 400 && !expected.includes(line)) complaints.push(line)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // Requests that were under way when a page was left do not matter.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${reason} ${request.url()}`)
  })
}
