import path from 'node:path'
import { openPages } from './weapp/pages.ts'
import { loadProgram } from './weapp/program.ts'
import { type Found, find, type Node, readTags, textOf, visible } from './weapp/tree.ts'
import { fakeWx, type Surroundings } from './weapp/wx.ts'

const build = path.resolve(import.meta.dirname, '../../miniprogram/dist/weapp')

const patienceMs = 20_000
const tags = readTags(build)

interface Given {
  serverUrl: string
  /** The WeChat user. */
  loginCode(): Promise<string>
  phoneCode?(): Promise<string>
  subscribe?(templateIds: string[]): Promise<Record<string, string>>
  /** What is so already when the program is opened. */
  before?(around: Surroundings): void
}

export type Phone = Awaited<ReturnType<typeof aPhone>>

/** A phone that runs the weapp build against a real server. Elements are found by their text. */
export async function aPhone({ serverUrl, loginCode, phoneCode, subscribe = refuseAll, before }: Given) {
  const around: Surroundings = {
    serverUrl,
    loginCode,
    subscribe,
    camera: null,
    network: 'on',
    between: () => null,
    storage: new Map(),
    isFull: false,
    files: new Map(),
    compressed: null,
    toasts: [],
    dialogs: [],
    newer: { isReady: false, applied: 0 },
    title: '',
  }
  before?.(around)
  const errors: string[] = []
  let drawn = 0
  const onError = (message: string) => void errors.push(message)
  const pages: ReturnType<typeof openPages> = { go: {} } as never
  const go = new Proxy({} as typeof pages.go, { get: (_, name: keyof typeof pages.go) => pages.go[name] })
  const program = loadProgram(build, { wx: fakeWx(around, go), getCurrentPages: () => pages.all(), onError })
  Object.assign(pages, openPages(program.config, { page: program.page, onError, onDraw: () => drawn++ }))

  const root = () => ({ sid: '', nn: '', cn: (pages.top().data.root as Node)?.cn }) as Node
  const screen = () =>
    visible(root())
      .filter(({ node }) => node.nn === '9' || node.v)
      .map(({ node }) => textOf(node).trim())
      .filter(Boolean)
  const describe = () => `${pages.top().route}: ${screen().join(' | ')}; told: ${around.toasts.join(' | ')}`

  /** Waits until a condition is true, up to a time limit. */
  async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    const endsAt = Date.now() + patienceMs
    for (;;) {
      const seen = look()
      if (seen) return seen
      if (Date.now() > endsAt) throw new Error(`waited in vain for ${what}\non ${describe()}\n${errors.join('\n')}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async function one(what: string, nth: number | undefined, fits: (found: Found) => boolean): Promise<Found> {
    const match = await until(what, () => {
      const all = find(root(), what).filter(fits)
      return all.length > (nth ?? 0) && all
    })
    if (match.length > 1 && nth === undefined) throw new Error(`${match.length} times ${what} on ${describe()}`)
    return match[nth ?? 0]!
  }

  /** Sends an event up from a node, to every node around it whose tag has it bound. */
  function fire({ node, around: outer }: Found, type: string, detail: object = {}) {
    const target = { id: node.uid ?? node.sid, dataset: { sid: node.sid } }
    for (const at of [node, ...outer]) {
      if (!tags.get(at.nn)?.events.has(type)) continue
      const currentTarget = { id: at.uid ?? at.sid, dataset: { sid: at.sid } }
      pages.top().eh({ type, timeStamp: Date.now(), target, currentTarget, detail, mark: {} })
    }
    return settled()
  }

  /** Waits until the screen has drawn the effect of an event before the next one. */
  async function settled() {
    for (let rounds = 0, seen = drawn; rounds < 4; rounds++) {
      await new Promise((resolve) => setTimeout(resolve, 8))
      if (drawn !== seen) rounds = 0
      seen = drawn
    }
  }

  const property = (node: Node, name: string) => node[tags.get(node.nn)?.properties[name] ?? '']
  const buttonOf = ({ node, around: outer }: Found) => [node, ...outer].find((at) => tags.get(at.nn)?.name === 'button')

  const fieldOf = (placeholder: string, nth = 0) => {
    const isField = ({ node }: Found) => String(property(node, 'placeholder') ?? '').includes(placeholder)
    return until(`a field ${placeholder}`, () => visible(root()).filter(isField)[nth])
  }

  const isFree = (match: Found) => {
    const button = buttonOf(match)
    return !button || property(button, 'disabled') !== true
  }

  /** WeChat's own reaction to a tap on an open-type button. */
  async function ownDoing(match: Found, button: Node) {
    if (property(button, 'open-type') !== 'getPhoneNumber') return
    const code = phoneCode && (await phoneCode())
    await fire(
      match,
      'getphonenumber',
      code ? { code, errMsg: 'getPhoneNumber:ok' } : { errMsg: 'getPhoneNumber:fail user deny' },
    )
  }

  async function open(url = '/pages/home/index') {
    program.app.onLaunch?.({ path: url, query: {}, scene: 1001 })
    program.app.onShow?.({})
    pages.go.reLaunch(url)
  }
  await open()

  return {
    around,
    errors,
    describe,
    /** Opens the program anew at an address, as from a friend's card. */
    open: (url: string) => pages.go.reLaunch(url),
    route: () => pages.top().route,
    options: () => pages.top().options,
    /** All texts on the screen, from top to bottom. */
    texts: screen,

    sees: (text: string) =>
      until(text, () => find(root(), text).length > 0 || around.toasts.some((toast) => toast.includes(text))),
    seesNo: (text: string) => until(`no ${text}`, () => find(root(), text).length === 0),
    isOn: (route: string) => until(route, () => pages.top().route === route),

    /** The text of the first node of a class. */
    read: async (what: string) => textOf((await one(what, 0, () => true)).node).trim(),

    /** Whether a button would take a tap now. */
    isFree: async (what: string) => isFree(await one(what, 0, () => true)),

    async tap(what: string, nth?: number) {
      around.toasts = []
      const match = await one(what, nth, isFree)
      await fire(match, 'tap', { x: 1, y: 1 })
      const button = buttonOf(match)
      if (button) await ownDoing(match, button)
    },

    /** Types into the field with this placeholder. */
    async type(placeholder: string, value: string, nth = 0) {
      await fire(await fieldOf(placeholder, nth), 'input', { value, cursor: value.length })
    },

    /** Types words into a search field and confirms them. */
    async searches(placeholder: string, words: string) {
      const field = await fieldOf(placeholder)
      await fire(field, 'input', { value: words, cursor: words.length })
      await fire(field, 'confirm', { value: words })
    },

    /** What stands in the field. */
    valueIn: async (placeholder: string) => String(property((await fieldOf(placeholder)).node, 'value') ?? ''),

    /** Chooses the name that WeChat suggests for the field, which fires only the blur event. */
    async chooses(placeholder: string, value: string) {
      await fire(await fieldOf(placeholder), 'blur', { value })
    },

    /** Picks a picture for the avatar, by its path on the phone. */
    async picksAvatar(avatarUrl: string) {
      const isAvatar = ({ node }: Found) => property(node, 'open-type') === 'chooseAvatar'
      const button = await until('the avatar', () => visible(root()).find(isAvatar))
      await fire(button, 'chooseavatar', { avatarUrl })
    },

    /** The program goes to the background and comes back. */
    comesBack: () => pages.reappear(),

    async tab(text: string) {
      const tab = pages.tabs.find((one) => one.text === text)
      pages.go.switchTab(`/${tab!.pagePath}`)
    },
    back: () => pages.go.navigateBack(1),

    /** Time passes on this phone, for what it counts down itself. */
    later: (minutes: number) => program.later(minutes * 60_000),
    /** Ends the phone with all its timers. */
    close: () => program.stop(),
  }
}

const refuseAll = async (templateIds: string[]) => Object.fromEntries(templateIds.map((id) => [id, 'reject']))
