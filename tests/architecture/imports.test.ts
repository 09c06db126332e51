import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { features } from '@pointbook/server/features'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** The place of a feature, such as `shop/stores`, in the order of use; -1 for none of the list. */
const placeOf = (feature: string) => features.findIndex(({ name }) => name === feature)

interface Import {
  file: string
  layer: string
  target: string
  /** The layer or package imported. */
  from: string
  typeOnly: boolean
}

/** Which layer a file of ours belongs to; the first that matches. */
const layers: [RegExp, (match: RegExpExecArray) => string][] = [
  [/^shared\/src\/contract\//, () => 'shared/contract'],
  [/^shared\/src\//, () => 'shared'],
  [/^server\/src\/core\//, () => 'core'],
  [/^server\/src\/book\//, () => 'book'],
  [/^server\/src\/platform\/database\//, () => 'platform/database'],
  [/^server\/src\/platform\//, () => 'platform'],
  [/^server\/src\/features\/([^/]+\/[^/]+)\//, (match) => `feature ${match[1]}`],
  [/^server\/src\//, () => 'server'],
  [/^server\/panel\//, () => 'panel'],
  [/^server\/sandbox\//, () => 'sandbox'],
  [/^miniprogram\//, () => 'miniprogram'],
  [/^config\//, () => 'config'],
  [/^tests\//, () => 'tests'],
]

function layerOf(file: string): string {
  for (const [pattern, name] of layers) {
    const match = pattern.exec(file)
    if (match) return name(match)
  }
  return 'npm'
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  return [...text.matchAll(STATEMENT)].map((match) => {
    const [, type, target] = match as unknown as [string, string | undefined, string]
    return { file, layer: layerOf(file), target, from: sourceOf(file, target), typeOnly: type !== undefined }
  })
}

function sourceOf(file: string, target: string): string {
  if (target.startsWith('.')) return layerOf(path.posix.join(path.posix.dirname(file), target))
  const own = /^@pointbook\/(\w+)\/(.+)$/.exec(target)
  if (!own) return target.startsWith('node:') ? 'node' : 'npm'
  const [, name, inside] = own as unknown as [string, string, string]
  return layerOf(ownPath(name, inside))
}

/** Where a file of one of our packages lies. */
function ownPath(name: string, inside: string): string {
  if (name === 'config') return `config/${inside}`
  return name === 'server' && inside.startsWith('sandbox/') ? `server/${inside}` : `${name}/src/${inside}`
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
const imports = files.flatMap(importsOf)

/** Files of a layer that import something that it may not, as `file imports target`. */
const strangers = (layer: RegExp, allowed: (each: Import) => boolean) =>
  imports
    .filter((each) => layer.test(each.layer) && each.from !== each.layer && !allowed(each))
    .map(({ file, target }) => `${file} imports ${target}`)

const oneOf =
  (...names: string[]) =>
  (each: Import) =>
    names.includes(each.from)

describe('allowed imports', () => {
  it('finds the imports that the other tests check', () => {
    expect(imports.filter(({ layer }) => layer === 'core').length).toBeGreaterThan(10)
    expect(new Set(imports.map(({ layer }) => layer)).size).toBeGreaterThan(15)
  })

  it('allows shared to import only typebox in the contract, dayjs in day.ts and a list of passwords, because it runs in every layer', () => {
    expect(strangers(/^shared\/contract$/, (each) => each.target === 'typebox' || each.from === 'shared')).toEqual([])
    const allowed = (each: Import) =>
      (each.from === 'shared/contract' && each.typeOnly) ||
      (each.file === 'shared/src/day.ts' && each.target.startsWith('dayjs')) ||
      (each.file === 'shared/src/common-password.ts' && each.target === '@zxcvbn-ts/language-common')
    expect(strangers(/^shared$/, allowed)).toEqual([])
  })

  it('allows core to import only shared, so that previews and properties run the same rules', () => {
    expect(strangers(/^core$/, oneOf('shared', 'shared/contract'))).toEqual([])
  })

  it('allows the book to import only core, shared and the database, so that no feature bypasses the one writer', () => {
    const npm = (each: Import) => ['node', 'npm'].includes(each.from)
    const allowed = (each: Import) => oneOf('core', 'shared', 'shared/contract', 'platform/database')(each) || npm(each)
    // The audit's command line is a process of its own and reads the settings itself.
    expect(
      strangers(/^book$/, (each) => allowed(each) || (each.file.endsWith('audit-cli.ts') && each.from === 'config')),
    ).toEqual([])
  })

  it('does not allow the platform to import anything about points, so that another product could use it', () => {
    const known = oneOf('shared', 'shared/contract', 'config', 'npm', 'node', 'platform', 'platform/database')
    // Of the rest of the server it may import only the paths of the folders.
    const allowed = (each: Import) => known(each) || each.target.endsWith('/places.ts')
    expect(strangers(/^platform(\/database)?$/, allowed)).toEqual([])
  })

  it('allows a feature to import core, book, platform, shared and features before it in the list; later ones are reached through the outbox', () => {
    const allowed = (each: Import) => {
      const [, mine] = each.layer.split(' ')
      const [kind, other] = each.from.split(' ')
      if (kind === 'feature') return placeOf(other!) < placeOf(mine!)
      // The import's command line is a process of its own: it reads the settings and opens the outside world itself.
      if (each.file === 'server/src/features/connections/imports/history.ts' && ['config', 'server'].includes(kind!))
        return true
      if (each.from === 'server') return /\/(server|feature)\.ts$/.test(each.target) && each.typeOnly
      return (
        oneOf('core', 'book', 'platform', 'platform/database', 'shared', 'shared/contract', 'npm', 'node')(each) ||
        (each.from === 'config' && each.typeOnly)
      )
    }
    const unknown = imports
      .filter(({ layer }) => layer.startsWith('feature '))
      .map(({ layer }) => layer.split(' ')[1]!)
      .filter((name) => placeOf(name) === -1)
    expect([...new Set(unknown)]).toEqual([])
    expect(strangers(/^feature /, allowed)).toEqual([])
  })

  it('allows panel and mini-program to import only shared, and the contract only as types: its schemas would add 107 kB', () => {
    const allowed = (each: Import) =>
      each.from === 'shared' ||
      (each.from === 'shared/contract' && each.typeOnly) ||
      ['npm', 'node'].includes(each.from)
    expect(strangers(/^(panel|miniprogram)$/, allowed)).toEqual([])
  })

  it('allows only tests to import tests, panel or mini-program', () => {
    expect(
      imports
        .filter(
          (each) =>
            ['tests', 'panel', 'miniprogram'].includes(each.from) && each.from !== each.layer && each.layer !== 'tests',
        )
        .map(({ file, target }) => `${file} imports ${target}`),
    ).toEqual([])
  })

  it('allows only day.ts to import the calendar library', () => {
    const users = imports
      .filter(({ target, layer }) => target.startsWith('dayjs') && layer !== 'panel')
      .map(({ file }) => file)
    expect([...new Set(users)]).toEqual(['shared/src/day.ts'])
  })

  it('allows only main files, settings and bootstrap to read the process', () => {
    const readers = files.filter(
      (file) =>
        /^(server\/src|shared)\//.test(file) &&
        /\bprocess\.(env|argv|exit|on)\b/.test(readFileSync(path.join(root, file), 'utf8')),
    )
    const programs = [
      'main',
      'audit',
      'admin',
      'backup',
      'restore',
      'rotate-keys',
      'features/connections/imports/history',
    ]
    const allowed = programs.map((name) => `server/src/${name}.ts`)
    expect(readers.filter((file) => !allowed.includes(file))).toEqual([])
  })
})

/** Files that import one another in a circle, also by types alone; each circle as its files. */
function circles(): string[][] {
  const known = new Set(files)
  const uses = new Map<string, string[]>()
  for (const { file, target } of imports) {
    const targetFile = fileOf(file, target, known)
    if (targetFile) uses.set(file, [...(uses.get(file) ?? []), targetFile])
  }
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const circles: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    lowest.set(file, order.get(file)!)
    path.push(file)
    for (const next of uses.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (path.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = path.splice(path.indexOf(file))
    if (circle.length > 1) circles.push(circle.sort())
  }
  for (const file of files) if (!order.has(file)) visit(file)
  return circles
}

/** The file of ours that an import names; undefined for packages. */
function fileOf(file: string, target: string, known: ReadonlySet<string>): string | undefined {
  const own = /^@pointbook\/(\w+)\/(.+)$/.exec(target)
  const base = own ? ownPath(own[1]!, own[2]!) : path.posix.join(path.posix.dirname(file), target)
  if (!own && !target.startsWith('.')) return undefined
  return ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((ending) => base + ending).find((one) => known.has(one))
}

describe('the shape of the code', () => {
  it('has no files that import one another in a circle, not even for types', () => {
    expect(circles()).toEqual([])
  })

  it('keeps core free of async, clocks and randomness', () => {
    const impure = files.filter(
      (file) =>
        file.startsWith('server/src/core/') &&
        /\basync\b|\bawait\b|Date\.now|new Date\(\)|Math\.random/.test(readFileSync(path.join(root, file), 'utf8')),
    )
    expect(impure).toEqual([])
  })
})
