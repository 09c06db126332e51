import { readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/** The methods and fields of a page that WeChat and the harness touch. */
export interface PageInstance {
  route: string
  options: Record<string, string>
  data: Record<string, unknown>
  setData(changes: Record<string, unknown>, then?: () => void): void
  // biome-ignore lint/suspicious/noExplicitAny: lifecycle methods, there when the page has a use for them
  [member: string]: any
}

export interface AppConfig {
  pages: string[]
  subPackages: { root: string; pages: string[] }[]
  tabBar: { list: { pagePath: string; text: string }[] }
}

interface Hooks {
  wx: object
  getCurrentPages(): PageInstance[]
  /** An error that WeChat would only write to its console. */
  onError(message: string): void
}

/**
 * Runs a weapp build as WeChat's logic layer does: CommonJS files in a JavaScript engine of its own that has no window,
 * document, fetch or URL.
 */
export function loadProgram(build: string, { wx, getCurrentPages, onError }: Hooks) {
  const config: AppConfig = JSON.parse(readFileSync(path.join(build, 'app.json'), 'utf8'))
  const pages = new Map<string, object>()
  const modules = new Map<string, { exports: unknown }>()
  const timers = new Set<NodeJS.Timeout>()
  let loading = ''
  // biome-ignore lint/suspicious/noExplicitAny: what the build hands to App()
  let app: any

  const keep = (timer: NodeJS.Timeout) => {
    timers.add(timer)
    return timer
  }
  const complain = (...said: unknown[]) => onError(said.map(String).join(' '))
  const context = vm.createContext({
    wx,
    getCurrentPages,
    getApp: () => app,
    App: (given: object) => {
      app = given
    },
    Page: (given: object) => void pages.set(loading, given),
    Component: () => {},
    console: { log() {}, info() {}, debug() {}, warn() {}, error: complain },
    setTimeout: (work: () => void, ms?: number) => keep(setTimeout(work, ms)),
    setInterval: (work: () => void, ms?: number) => keep(setInterval(work, ms)),
    clearTimeout,
    clearInterval,
  })

  function run(file: string): unknown {
    const known = modules.get(file)
    if (known) return known.exports
    const module = { exports: {} }
    modules.set(file, module)
    const wrapped = `(function (require, module, exports) {${readFileSync(file, 'utf8')}\n})`
    const load = (name: string) => run(path.resolve(path.dirname(file), name.endsWith('.js') ? name : `${name}.js`))
    vm.runInContext(wrapped, context, { filename: file })(load, module, module.exports)
    return module.exports
  }

  run(path.join(build, 'app.js'))

  return {
    config,
    app,
    /** What the page's file hands to Page(); its file is read when it is first opened, with its subpackage. */
    page(route: string): object {
      if (!pages.has(route)) {
        loading = route
        run(path.join(build, `${route}.js`))
      }
      return pages.get(route)!
    },
    later(ms: number) {
      vm.runInContext(`{ const now = Date.now; Date.now = () => now() + ${ms} }`, context)
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
