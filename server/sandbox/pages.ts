import { readFileSync } from 'node:fs'
import type { World } from './types.ts'

/** Whether the released mini-program has this page; the query is ignored. */
export function isReleased({ settings }: World, path: string): boolean {
  const page = path.split('?')[0]!
  if (!/^[\w-]+(\/[\w-]+)+$/.test(page)) return false
  return settings.pages?.includes(page) ?? true
}

/** The pages of a built mini-program by its app.json; undefined while there is no build. */
export function pagesOfBuild(appJson: URL): string[] | undefined {
  try {
    const { pages, subPackages = [] } = JSON.parse(readFileSync(appJson, 'utf8'))
    const inside = subPackages.flatMap(({ root, pages }: { root: string; pages: string[] }) =>
      pages.map((page) => `${root.replace(/\/$/, '')}/${page}`),
    )
    return [...pages, ...inside]
  } catch {
    return undefined
  }
}
