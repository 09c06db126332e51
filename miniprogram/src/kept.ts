import { wechat } from './wechat'

/** What the phone's storage could not take; it lasts until the program is closed. */
const unsaved = new Map<string, string>()

/** A small text kept under a key; '' when there is none, or when the storage holds something else or cannot be read. */
export function readKept(key: string): string {
  const held = unsaved.get(key)
  if (held !== undefined) return held
  try {
    const found = wechat.read(key)
    return typeof found === 'string' ? found : ''
  } catch {
    return ''
  }
}

/** Keeps a text. A full storage must not keep the text before it: an old session would be taken for a stolen one. */
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
    // What can be neither written nor removed is written over by the next that can.
  }
}
