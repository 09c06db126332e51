import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { features } from '@pointbook/server/features'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const filesIn = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)
const repeated = (all: string[]) => all.filter((one, index) => all.indexOf(one) !== index)

describe('the pages of the panel', () => {
  const panel = 'server/panel/src'
  const routes = textOf(`${panel}/routes.tsx`)
  const paths = matches(routes, /path: '(\/[^']*)'/g)
  const menu = matches(textOf(`${panel}/layout/menu.tsx`), /path: '(\/[^']*)'/g)

  it('each have a route', () => {
    const pages = filesIn(`${panel}/pages/*page.tsx`).map((file) => file.slice(panel.length))
    expect(pages.length).toBeGreaterThan(20)
    const missing = pages.filter((page) => !routes.includes(`import('.${page}')`))
    expect(missing, 'add a line to server/panel/src/routes.tsx').toEqual([])
  })

  it('each have an entry in the menu, or lie under a page that has one', () => {
    const hasEntry = (at: string) =>
      menu.includes(at) || menu.some((place) => place !== '/' && at.startsWith(`${place}/`))
    const missing = paths.filter((at) => at !== '/login' && !hasEntry(at))
    expect(missing, 'add an entry to server/panel/src/layout/menu.tsx').toEqual([])
    expect(menu.filter((place) => !paths.includes(place))).toEqual([])
    expect(repeated(menu)).toEqual([])
  })
})

describe('the pages of the mini-program', () => {
  it('are each listed in app.config.ts', () => {
    const config = textOf('miniprogram/src/app.config.ts')
    const packages = [...config.matchAll(/root: '(\w+)',\s+pages: \[([^\]]+)\]/g)].flatMap(([, folder, pages = '']) =>
      matches(pages, /'([^']+)'/g).map((page) => `${folder}/${page}`),
    )
    const listed = [...packages, ...matches(config, /'(pages\/[^']+)'/g)]
    const pages = filesIn('miniprogram/src/*.tsx').filter((file) => textOf(file).includes('definePageConfig('))
    expect(pages.length).toBeGreaterThan(20)
    const nameOf = (file: string) => file.slice('miniprogram/src/'.length, -'.tsx'.length)
    const missing = pages.map(nameOf).filter((page) => !listed.includes(page))
    expect(missing, 'add a line to miniprogram/src/app.config.ts').toEqual([])
  })
})

describe('the features', () => {
  it('each have a place in the order of use', () => {
    const folders = filesIn('server/src/features/*.ts').map((file) => file.split('/').slice(3, 5).join('/'))
    const names = features.map(({ name }) => name)
    const missing = [...new Set(folders)].filter((folder) => !names.includes(folder))
    expect(missing, 'add a line to server/src/features.ts').toEqual([])
    expect(names.filter((name) => !folders.includes(name))).toEqual([])
  })
})

describe('the tables', () => {
  // The file that makes the tables of an asset declares none.
  const sources = filesIn('server/src/*.ts')
    .filter((file) => file !== 'server/src/book/asset.ts')
    .map((file) => ({ file, text: textOf(file) }))

  it('are each declared where migrations are made from', () => {
    // As in server/drizzle.config.ts; a table elsewhere would never get a migration.
    const known = /^server\/src\/(book\/tables|features\/.+\/tables|platform\/.*table[^/]*)\.ts$/
    const declaring = sources
      .filter(({ text }) => /\b(mysqlTable|assetTables<.+>)\(/.test(text))
      .map(({ file }) => file)
    expect(declaring.length).toBeGreaterThan(15)
    expect(declaring.filter((file) => !known.test(file))).toEqual([])
  })

  it('of the book each have their own place in the order of locks and writes', () => {
    const calls = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/= (?:book|append)Table\((\w+), \{[^}]*?order: (\d+)/g)].map(([, table, order]) => ({
        order: order!,
        line: `${order} ${table} in ${file}`,
      })),
    )
    const ofAssets = sources.flatMap(({ file, text }) =>
      matches(text, /\borders: \{([^}]*)\}/g).flatMap((orders) =>
        [...orders.matchAll(/(\w+): (\d+)/g)].map(([, part, order]) => ({
          order: order!,
          line: `${order} ${part} of an asset in ${file}`,
        })),
      ),
    )
    const declared = sources.flatMap(({ text }) => matches(text, /= (bookTable|appendTable)\(/g))
    expect(calls).toHaveLength(declared.length)
    expect(calls.length).toBeGreaterThan(20)
    expect(ofAssets).toHaveLength(5)
    const all = [...calls, ...ofAssets]
    const twice = repeated(all.map(({ order }) => order))
    expect(all.filter(({ order }) => twice.includes(order)).map(({ line }) => line)).toEqual([])
  })
})
