import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A node as Taro describes it to WeChat's templates: short names, so that setData stays small. */
export interface Node {
  sid: string
  uid?: string
  /** Which template draws it. */
  nn: string
  /** Text, class, style, children. */
  v?: string
  cl?: string
  st?: string
  cn?: Node[]
  [property: string]: unknown
}

/** A node with those around it, the nearest first. */
export interface Found {
  node: Node
  around: Node[]
}

/** A node as WeChat renders it: tag, properties and bound events. */
export interface Tag {
  name: string
  properties: Record<string, string>
  events: Set<string>
}

/** The tags by template, from the build's own base.wxml: what is not bound there never reaches the program in WeChat either. */
export function readTags(build: string): Map<string, Tag> {
  const wxml = readFileSync(path.join(build, 'base.wxml'), 'utf8')
  const tags = new Map<string, Tag>()
  for (const [, nn, name, attributes] of wxml.matchAll(
    /<template name="tmpl_0_(\w+?)(?:_focus|_blur)?">\s*<(\w[\w-]*)([^>]*)>/g,
  )) {
    if (name === 'template') continue
    const tag: Tag = { name: name!, properties: {}, events: new Set() }
    for (const [, attribute, value] of attributes!.matchAll(/([\w-]+)="([^"]*)"/g)) {
      const event = /^(?:bind|catch)(\w+)$/.exec(attribute!)
      if (event && value === 'eh') tag.events.add(event[1]!)
      const property = /\bi\.(\w+)/.exec(value!)
      if (property) tag.properties[attribute!] = property[1]!
    }
    tags.set(nn!, tag)
  }
  return tags
}

/** Puts what setData was given, `root.cn.[0].v` → value, where it belongs. */
export function apply(data: Record<string, unknown>, changes: Record<string, unknown>) {
  for (const [address, value] of Object.entries(changes)) {
    const steps = address.split('.').map((step) => step.replace(/^\[(\d+)\]$/, '$1'))
    const last = steps.pop()!
    const place = steps.reduce<Record<string, unknown>>((at, step) => {
      at[step] ??= {}
      return at[step] as Record<string, unknown>
    }, data)
    place[last] = value
  }
}

/** The visible text of a node. */
export const textOf = (node: Node): string =>
  isHidden(node) ? '' : (node.v ?? '') + childrenOf(node).map(textOf).join('')

/** Everything on the screen; of a page with a sheet before it, only the sheet and the shade around it can be reached. */
export function visible(root: Node): Found[] {
  const all = [...walk(root, [])]
  const before = all.filter(({ node }) => hasClass(node, 'nut-popup') || hasClass(node, 'nut-overlay'))
  if (before.length === 0) return all
  return all.filter(({ node, around }) => before.some((sheet) => sheet.node === node || around.includes(sheet.node)))
}

/** Nodes with a class (`.name`), or the innermost ones with a text: an exact match if there is one, otherwise a partial one. */
export function find(root: Node, what: string): Found[] {
  const all = visible(root)
  if (what.startsWith('.')) return all.filter(({ node }) => hasClass(node, what.slice(1)))
  const saying = all.filter(({ node }) => textOf(node).includes(what))
  const innermost = saying.filter(({ node }) => !saying.some(({ around }) => around.includes(node)))
  const exact = innermost.filter(({ node, around: [parent] }) =>
    [node, parent].some((one) => one && textOf(one).trim() === what),
  )
  return exact.length > 0 ? exact : innermost
}

function* walk(node: Node, around: Node[]): Generator<Found> {
  if (isHidden(node)) return
  yield { node, around }
  for (const child of childrenOf(node)) yield* walk(child, [node, ...around])
}

// Children deleted by setData leave `undefined` behind, and a list may have been filled as an object.
const childrenOf = (node: Node): Node[] => Object.values(node.cn ?? []).filter(Boolean)

const isHidden = (node: Node): boolean => /display:\s*none/.test(node.st ?? '')

const hasClass = (node: Node, name: string): boolean => (node.cl ?? '').split(/\s+/).includes(name)
