import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { wxmlToJs, wxssToJs } from 'miniprogram-compiler'
import { describe, expect, it } from 'vitest'

const built = path.resolve(import.meta.dirname, '../../miniprogram/dist/weapp')
const mainPackageMostBytes = 800_000
/** WeChat's own limits: 2 MB for a package, 40 kB for a tab's icon. */
const packageMostBytes = 2 * 1024 * 1024
const tabIconMostBytes = 40 * 1024

interface AppJson {
  pages: string[]
  subPackages: { root: string; pages: string[] }[]
  tabBar: { list: { pagePath: string; iconPath: string; selectedIconPath: string }[] }
}

const app: AppJson = JSON.parse(readFileSync(path.join(built, 'app.json'), 'utf8'))
const pagesOf = ({ root, pages }: AppJson['subPackages'][number]) => pages.map((page) => `${root}/${page}`)
const pages = [...app.pages, ...app.subPackages.flatMap(pagesOf)]

function bytesBelow(folder: string, but: string[] = []): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((file) => path.join(file.parentPath, file.name))
  const counted = paths.filter((file) => !but.some((other) => file.startsWith(path.join(folder, other, '/'))))
  return counted.reduce((sum, file) => sum + statSync(file).size, 0)
}

describe('the mini-program built for WeChat', () => {
  it('keeps the main package within 800 kB', () => {
    const roots = app.subPackages.map(({ root }) => root)
    expect(bytesBelow(built, roots)).toBeLessThanOrEqual(mainPackageMostBytes)
  })

  it('keeps every subpackage within what WeChat loads', () => {
    for (const { root } of app.subPackages) {
      expect(bytesBelow(path.join(built, root)), root).toBeLessThanOrEqual(packageMostBytes)
    }
  })

  it('has every page it names, in script, markup and settings', () => {
    const missing = pages.flatMap((page) => ['js', 'wxml', 'json'].map((kind) => `${page}.${kind}`))
    expect(missing.filter((file) => !existsSync(path.join(built, file)))).toEqual([])
  })

  it('keeps its tabs in the main package, with icons WeChat takes', () => {
    for (const { pagePath, iconPath, selectedIconPath } of app.tabBar.list) {
      expect(app.pages).toContain(pagePath)
      for (const icon of [iconPath, selectedIconPath]) {
        expect(statSync(path.join(built, icon)).size, icon).toBeLessThanOrEqual(tabIconMostBytes)
      }
    }
  })

  it("passes WeChat's own markup compiler", () => {
    const compiled = wxmlToJs(built)
    expect(pages.filter((page) => !compiled.includes(`${page}.wxml`))).toEqual([])
  })

  it("passes WeChat's own style compiler", () => {
    expect(wxssToJs(built)).toContain('app.wxss')
  })

  it('contains neither the contract checker nor syntax that old phones do not support', () => {
    const scripts = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
    const holding = (pattern: RegExp) =>
      scripts.filter((file) => pattern.test(readFileSync(path.join(built, file), 'utf8')))
    expect(holding(/typebox/i)).toEqual([])
    expect(holding(/[^\w.#$]\d+n\b/), 'BigInt literals').toEqual([])
    expect(holding(/\.at\(-1\)/), 'Array.prototype.at').toEqual([])
  })
})
