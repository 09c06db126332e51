/** The behaviour of the person, of WeChat and of the network. */
export interface Surroundings {
  serverUrl: string
  loginCode(): Promise<string>
  /** Template ids the person says yes to; answers what WeChat reports back. */
  subscribe(templateIds: string[]): Promise<Record<string, string>>
  /** The content that the camera scans; null when the person closes it. */
  camera: string | null
  network: 'on' | 'off' | 'loses-answers'
  /** The answer of a proxy in place of the server; null lets the request through. */
  between(op: string): Answer | null
  storage: Map<string, unknown>
  /** The storage is full. */
  isFull: boolean
  /** The files on the phone by path, as base64; one that is missing cannot be read. */
  files: Map<string, string>
  /** What compressImage makes of every picture; null when it fails. */
  compressed: string | null
  toasts: string[]
  /** Titles of the dialogs shown; the person always agrees. */
  dialogs: string[]
  /** Whether WeChat has downloaded a newer mini-program, and how often the program has changed to it. */
  newer: { isReady: boolean; applied: number }
  title: string
}

interface Answer {
  status: number
  body: unknown
}

export interface Navigation {
  navigateTo(url: string): void
  redirectTo(url: string): void
  switchTab(url: string): void
  reLaunch(url: string): void
  navigateBack(delta: number): void
}

interface Options {
  success?(result: object): void
  fail?(error: { errMsg: string }): void
  complete?(result: object): void
  // biome-ignore lint/suspicious/noExplicitAny: each API has options of its own
  [name: string]: any
}

// https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html does not list PATCH.
export const methods = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

const screen = {
  windowWidth: 390,
  windowHeight: 844,
  screenWidth: 390,
  screenHeight: 844,
  pixelRatio: 3,
  statusBarHeight: 47,
}
const device = {
  platform: 'ios',
  system: 'iOS 17.0',
  brand: 'iPhone',
  model: 'iPhone 15',
  SDKVersion: '3.7.0',
  language: 'zh_CN',
}

/** A `wx` of the APIs the program uses. One that is missing here throws where it is called, as in a WeChat too old for it. */
export function fakeWx(around: Surroundings, go: Navigation) {
  const { storage } = around
  const query = new URLSearchParams()

  const wx = {
    login: api('login', async () => ({ code: await around.loginCode() })),
    request: (options: Options) => {
      api('request', (input) => request(around, input))(options)
      return { abort() {} }
    },
    requestSubscribeMessage: api('requestSubscribeMessage', ({ tmplIds }) => around.subscribe(tmplIds)),
    scanCode: api('scanCode', async () => {
      if (around.camera === null) throw new Error('fail cancel')
      return { result: around.camera, scanType: 'QR_CODE' }
    }),

    navigateTo: api('navigateTo', async ({ url }) => go.navigateTo(url)),
    redirectTo: api('redirectTo', async ({ url }) => go.redirectTo(url)),
    switchTab: api('switchTab', async ({ url }) => go.switchTab(url)),
    reLaunch: api('reLaunch', async ({ url }) => go.reLaunch(url)),
    navigateBack: api('navigateBack', async ({ delta = 1 }) => go.navigateBack(delta)),
    setNavigationBarTitle: api('setNavigationBarTitle', async ({ title }) => {
      around.title = title
    }),
    showModal: api('showModal', async ({ title }) => {
      around.dialogs.push(title)
      return { confirm: true }
    }),
    getUpdateManager: () => ({
      onUpdateReady: (listener: () => void) => void (around.newer.isReady && setTimeout(listener, 0)),
      onUpdateFailed() {},
      applyUpdate: () => void around.newer.applied++,
    }),
    showToast: api('showToast', async ({ title }) => void around.toasts.push(title)),

    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => {
      if (around.isFull) throw new Error('setStorageSync:fail exceed storage max size 10Mb')
      storage.set(key, value)
    },
    removeStorageSync: (key: string) => void storage.delete(key),

    getFileSystemManager: () => ({
      readFileSync(file: string) {
        const text = around.files.get(file)
        if (text === undefined) throw new Error(`readFileSync:fail no such file ${file}`)
        return text
      },
    }),
    compressImage: api('compressImage', async () => {
      if (around.compressed === null) throw new Error('fail invalid image')
      around.files.set('compressed.jpg', around.compressed)
      return { tempFilePath: 'compressed.jpg' }
    }),

    getSystemInfoSync: () => ({ ...screen, ...device }),
    getWindowInfo: () => screen,
    getDeviceInfo: () => device,
    getAppBaseInfo: () => device,
    getMenuButtonBoundingClientRect: () => ({ left: 290, top: 51, width: 87, height: 32, right: 377, bottom: 83 }),
    getLaunchOptionsSync: () => ({ path: '', query, scene: 1001 }),
    getEnterOptionsSync: () => ({ path: '', query, scene: 1001 }),
    canIUse: () => true,
    nextTick: (then: () => void) => setTimeout(then, 0),
    createSelectorQuery: () => nothingMeasured,
    getScreenBrightness: api('getScreenBrightness', async () => ({ value: 0.5 })),
  }
  return { ...wx, ...Object.fromEntries(silent.map((name) => [name, api(name, async () => {})])) }
}

// They return success without a visible effect.
const silent = [
  'hideToast',
  'stopPullDownRefresh',
  'setKeepScreenOn',
  'setScreenBrightness',
  'vibrateShort',
  'pageScrollTo',
  'setClipboardData',
  'makePhoneCall',
]

function api(name: string, work: (options: Options) => Promise<unknown>) {
  return (options: Options = {}) => {
    work(options).then(
      (result) => {
        const answer = { ...(result as object), errMsg: `${name}:ok` }
        options.success?.(answer)
        options.complete?.(answer)
      },
      (error: Error & { errCode?: number }) => {
        const answer = { errMsg: `${name}:${error.message}`, errCode: error.errCode }
        options.fail?.(answer)
        options.complete?.(answer)
      },
    )
  }
}

async function request(around: Surroundings, { url, method = 'GET', data, header = {} }: Options) {
  if (!methods.includes(method)) throw new Error('fail method is invalid')
  if (around.network === 'off') throw new Error('fail net::ERR_INTERNET_DISCONNECTED')
  const { pathname, search } = new URL(url)
  const other = around.between(`${method} ${pathname}`)
  if (other) return { statusCode: other.status, header: {}, data: other.body }
  const body = data === undefined ? null : JSON.stringify(data)
  const answer = await fetch(around.serverUrl + pathname + search, { method, headers: header, body })
  const text = await answer.text()
  if (around.network === 'loses-answers') throw new Error('fail timeout')
  const json = answer.headers.get('content-type')?.includes('json')
  return { statusCode: answer.status, header: Object.fromEntries(answer.headers), data: json ? JSON.parse(text) : text }
}

/** There is no layout here, so elements have no size. */
const nothingMeasured = {
  select: () => nothingMeasured,
  selectAll: () => nothingMeasured,
  boundingClientRect: () => nothingMeasured,
  fields: () => nothingMeasured,
  scrollOffset: () => nothingMeasured,
  node: () => nothingMeasured,
  in: () => nothingMeasured,
  exec: (then?: (found: null[]) => void) => void setTimeout(() => then?.([null]), 0),
}
