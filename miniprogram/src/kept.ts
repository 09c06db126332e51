import { wechat } from './wechat'

/** Values that the phone's storage could not store; they last until the program is closed. */
const unsaved = new Map<string, string>()

/** A small text stored under a key; '' when there is none, or when it is damaged or cannot be read. */
export function readKept(key: string): string {
  const pending = unsaved.get(key)
  if (pending !== undefined) return pending
  try {
    const value = wechat.read(key)
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}

/** Stores a text. A full storage must not keep the previous text, because an old session would be treated as stolen. */
export function keepText(key: string, text: string) {
  try {
    wechat.write(key, text)
    unsaved.delete(key)
  } catch {
    unsaved.set(key, text)
    drop(key)
  }
}

export function forgetText(key: string) {
  unsaved.delete(key)
  drop(key)
}

function drop(key: string) {
  try {
    wechat.remove(key)
  } catch {
    // A text that can be neither written nor removed is overwritten by the next write that succeeds.
  }
}
