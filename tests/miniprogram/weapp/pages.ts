import type { AppConfig, PageInstance } from './program.ts'
import { apply } from './tree.ts'
import type { Navigation } from './wx.ts'

const mostPages = 10
const mostBytes = 1_048_576

interface Hooks {
  page(route: string): object
  onError(message: string): void
  onDraw(): void
}

/** WeChat's stack of pages, with its rules: ten at most, tabs by switchTab only, unknown pages refused. */
export function openPages(config: AppConfig, hooks: Hooks) {
  const known = [
    ...config.pages,
    ...config.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ]
  const tabs = config.tabBar.list.map(({ pagePath }) => pagePath)
  const openTabs = new Map<string, PageInstance>()
  let stack: PageInstance[] = []

  function make(url: string): PageInstance {
    const { route, options } = read(url)
    if (!known.includes(route)) throw new Error(`fail page "${route}" is not found`)
    const page = Object.create(hooks.page(route)) as PageInstance
    Object.assign(page, { route, __route__: route, options, data: {} })
    page.setData = (changes, then) => {
      const plain = JSON.stringify(changes)
      if (plain.length > mostBytes) hooks.onError(`setData of ${plain.length} bytes on ${route}`)
      apply(page.data, JSON.parse(plain))
      hooks.onDraw()
      setTimeout(() => then?.(), 0)
    }
    page.onLoad?.(options)
    return page
  }

  function show(page: PageInstance, isNew: boolean) {
    page.onShow?.()
    if (isNew) page.onReady?.()
  }

  function push(url: string) {
    const page = make(url)
    stack.push(page)
    show(page, true)
  }

  function drop(count: number) {
    for (const page of stack.splice(Math.max(1, stack.length - count))) page.onUnload?.()
  }

  function toTab(url: string) {
    const { route } = read(url)
    stack.at(-1)?.onHide?.()
    for (const page of stack) if (!tabs.includes(page.route)) page.onUnload?.()
    const there = openTabs.get(route)
    const page = there ?? make(url)
    openTabs.set(route, page)
    stack = [page]
    show(page, !there)
  }

  const go: Navigation = {
    navigateTo(url) {
      if (tabs.includes(read(url).route)) throw new Error('fail can not navigateTo a tabbar page')
      if (stack.length >= mostPages) throw new Error(`fail page limit exceeded: ${mostPages}`)
      stack.at(-1)?.onHide?.()
      push(url)
    },
    redirectTo(url) {
      if (tabs.includes(read(url).route)) throw new Error('fail can not redirectTo a tabbar page')
      stack.pop()?.onUnload?.()
      push(url)
    },
    switchTab(url) {
      if (!tabs.includes(read(url).route)) throw new Error('fail can not switch to no-tabBar page')
      toTab(url)
    },
    reLaunch(url) {
      for (const page of stack) page.onUnload?.()
      openTabs.clear()
      stack = []
      if (tabs.includes(read(url).route)) toTab(url)
      else push(url)
    },
    navigateBack(delta) {
      drop(delta)
      show(stack.at(-1)!, false)
    },
  }
  /** The page in front is put away and shown again. */
  function reappear() {
    stack.at(-1)?.onHide?.()
    show(stack.at(-1)!, false)
  }
  return { go, reappear, tabs: config.tabBar.list, all: () => stack, top: () => stack.at(-1)! }
}

/** Query values arrive as they stand in the address: WeChat decodes nothing. */
function read(url: string) {
  const [route = '', query = ''] = url.replace(/^\//, '').split('?')
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split('=') as [string, string])
  return { route, options: Object.fromEntries(pairs) }
}
