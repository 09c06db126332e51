import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const MOST_PLACES = 8
const PLACE = /(file:\/\/[^\s()]+|\/[^\s():]+):(\d+):(\d+)/

/**
 * The stack of an error in the sources, one place per line, eight at most, without the message, which may contain parameters. The
 * built server's source maps are read with the first error: Node's `--enable-source-maps` keeps 13 MB of them from the start.
 */
export const placesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, MOST_PLACES)
    .map((line) => line.replace(PLACE, inSources))
    .join('\n')

function inSources(place: string, address: string, line: string, column: string): string {
  const file = address.startsWith('file:') ? fileURLToPath(address) : address
  const origin = mapOf(file)?.findOrigin(Number(line), Number(column))
  if (!origin || !('fileName' in origin)) return place
  return `${path.resolve(path.dirname(file), origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`
}

const maps = new Map<string, SourceMap | undefined>()

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) {
    const map = `${file}.map`
    maps.set(file, existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : undefined)
  }
  return maps.get(file)
}
