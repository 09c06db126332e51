import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Message, Person, World } from './types.ts'

interface Kept {
  clockOffsetMs: number
  people: Person[]
  messages: Message[]
}

/** Loads people and messages of the last run, and stores them from now on. */
export function rememberIn(world: World, file: string): void {
  Object.assign(world, recalled(file))
  world.changed = () => write(file, world)
}

function recalled(file: string): Partial<Kept> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // No file yet, or a torn one: demo phones are cheap, a sandbox that will not start is not.
    return {}
  }
}

function write(file: string, { clockOffsetMs, people, messages }: World): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify({ clockOffsetMs, people, messages } satisfies Kept))
  renameSync(`${file}.new`, file)
}
