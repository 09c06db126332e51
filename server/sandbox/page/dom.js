/**
 * An element with attributes and children; text stays text.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes those named `on…` are listeners
 * @param {...(Node | string)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, String(value))
  }
  element.append(...children)
  return element
}

export const byId = (id) => document.getElementById(id)

/** Draws into a place only when what it shows has changed, so that focus and scrolling stay. */
const drawn = new Map()
export function draw(id, shown, make) {
  const key = JSON.stringify(shown)
  if (drawn.get(id) === key) return
  drawn.set(id, key)
  byId(id).replaceChildren(...[make()].flat())
}

export async function ask(method, path, json) {
  const body = json && { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
  const response = await fetch(path, { method, ...body })
  return response.json()
}

const inChina = { timeZone: 'Asia/Shanghai', hour12: false }
const full = { ...inChina, month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit' }
const short = { ...inChina, hour: '2-digit', minute: '2-digit' }
export const fullTime = (ms) => new Date(ms).toLocaleString('zh-CN', full)
export const shortTime = (ms) => new Date(ms).toLocaleTimeString('zh-CN', short)
export const exactTime = (ms) => new Date(ms).toLocaleTimeString('zh-CN', inChina)
