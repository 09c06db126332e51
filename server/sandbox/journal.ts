import { maskPhone } from './people.ts'
import type { JournalEntry, World } from './types.ts'

const kept = 200

export function note(world: World, entry: Omit<JournalEntry, 'id'>): void {
  const id = (world.journal[0]?.id ?? 0) + 1
  world.journal.unshift({ ...entry, id, asked: masked(entry.asked), answered: masked(entry.answered) })
  world.journal.length = Math.min(world.journal.length, kept)
}

const secretFields = 'secret|access_token|session_key|js_code|code|signature|msg_signature|Encrypt'
const inJson = new RegExp(`"(${secretFields})":"([^"]*)"`, 'g')
const inQuery = new RegExp(`\\b(${secretFields})=([^&\\s]*)`, 'g')

/** Keeps the first four characters of a secret, to distinguish secrets. */
function masked(text: string): string {
  return text
    .replace(inJson, (_, name, value) => `"${name}":"${value.slice(0, 4)}…"`)
    .replace(inQuery, (_, name, value) => `${name}=${value.slice(0, 4)}…`)
    .replace(/(?<!\d)1\d{10}(?!\d)/g, maskPhone)
}
