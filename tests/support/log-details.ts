import { labels } from '../../server/panel/src/pages/shop/audit-log/labels.ts'

/** The fields in the detail of an audit log line that the panel has no name for (FM15). */
export function unnamedIn(detail: string): string[] {
  const { before, after, ...plain } = JSON.parse(detail || '{}') as Record<string, unknown>
  const named = (state: unknown) => (Array.isArray(state) ? [] : Object.keys(state ?? {}))
  return [...named(before), ...named(after), ...Object.keys(plain)].filter((name) => !labels[name])
}
