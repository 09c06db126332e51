import { View } from '@tarojs/components'
import './drawing.scss'

const ground = '<ellipse cx="120" cy="150" rx="86" ry="10" fill="#e9e5da"/>'

/** Small pictures for empty places, drawn in the colours of the theme on a 240 × 170 grid. */
const drawings = {
  book: `${ground}<path d="M120 52c-20-12-44-14-62-10v92c20-4 42-2 62 10 20-12 42-14 62-10V42c-18-4-42-2-62 10z" fill="#fff" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><path d="M120 52v92M74 66h28M74 84h28M74 102h20M138 66h28M138 84h20" stroke="#c9d6cf" stroke-width="4" stroke-linecap="round"/><circle cx="172" cy="46" r="18" fill="#e7c890"/><path d="M172 37l3 7 7 2-7 3-3 7-3-7-7-3 7-2z" fill="#fff"/>`,
  box: `${ground}<path d="M62 78l58-22 58 22v56l-58 20-58-20z" fill="#fff" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><path d="M62 78l58 22 58-22M120 100v54" fill="none" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><path d="M91 67l58 22v22l-14-5" fill="none" stroke="#e7c890" stroke-width="8" stroke-linejoin="round"/><path d="M176 34v16M168 42h16M54 44v10M49 49h10" stroke="#b9812f" stroke-width="3" stroke-linecap="round"/>`,
  mail: `${ground}<rect x="58" y="54" width="124" height="86" rx="12" fill="#fff" stroke="#1f4d3f" stroke-width="3"/><path d="M60 62l60 46 60-46" fill="none" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><circle cx="182" cy="54" r="16" fill="#e7c890"/><path d="M175 54l5 5 9-10" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`,
  friends: `${ground}<circle cx="92" cy="70" r="22" fill="#fff" stroke="#1f4d3f" stroke-width="3"/><path d="M54 142c0-26 16-42 38-42s38 16 38 42z" fill="#fff" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><circle cx="156" cy="82" r="17" fill="#f8efdf" stroke="#b9812f" stroke-width="3"/><path d="M126 142c0-20 12-33 30-33s30 13 30 33z" fill="#f8efdf" stroke="#b9812f" stroke-width="3" stroke-linejoin="round"/>`,
  search: `${ground}<circle cx="112" cy="88" r="42" fill="#fff" stroke="#1f4d3f" stroke-width="3"/><path d="M143 119l30 28" stroke="#1f4d3f" stroke-width="9" stroke-linecap="round"/><path d="M92 92c4 8 12 12 20 12s16-4 20-12" fill="none" stroke="#c9d6cf" stroke-width="4" stroke-linecap="round"/><circle cx="98" cy="76" r="4" fill="#1f4d3f"/><circle cx="126" cy="76" r="4" fill="#1f4d3f"/>`,
  offline: `${ground}<path d="M84 132h74a28 28 0 006-55 44 44 0 00-84-8 32 32 0 004 63z" fill="#fff" stroke="#1f4d3f" stroke-width="3" stroke-linejoin="round"/><path d="M120 76v28M120 117v1" stroke="#b9812f" stroke-width="6" stroke-linecap="round"/>`,
  card: `${ground}<rect x="54" y="56" width="132" height="84" rx="14" fill="#1f4d3f"/><path d="M54 82h132" stroke="#12352a" stroke-width="14"/><path d="M70 118h34" stroke="#e7c890" stroke-width="6" stroke-linecap="round"/><circle cx="164" cy="114" r="10" fill="#e7c890"/>`,
} as const

export type DrawingName = keyof typeof drawings

export function Drawing({ name }: { name: DrawingName }) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 170">${drawings[name]}</svg>`
  return <View className="drawing" style={`background-image:url("data:image/svg+xml,${encodeURIComponent(svg)}")`} />
}
