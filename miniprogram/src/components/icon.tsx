import { View } from '@tarojs/components'
import { pxTransform } from '@tarojs/taro'
import './icon.scss'

/** Line drawings on a 24 × 24 grid; a path each, so that a screen costs a few hundred bytes. */
const paths = {
  back: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  check: 'M5 12.5l4.5 4.5L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16 16l4.5 4.5',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5 0-5.5-4-3.5-4S12 7 12 7zM12 7c5 0 5.5-4 3.5-4S12 7 12 7z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M9 15l2.2 2.2L15.5 13',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2',
  list: 'M5 4h14v17l-3.5-2-3.5 2-3.5-2L5 21zM9 9h6M9 13h6',
  bell: 'M6 17V11a6 6 0 0112 0v6l1.5 1.5h-15zM10 21h4M12 5V3',
  friends: 'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M18 8v6M15 11h6',
  medal: 'M12 15a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM8.5 14L7 21l5-2.5L17 21l-1.5-7M10 9.5l1.5 1.5 2.5-3',
  book: 'M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14',
  person: 'M12 11a4 4 0 100-8 4 4 0 000 8zM4.5 21c0-4.5 3-7.5 7.5-7.5s7.5 3 7.5 7.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3M12 14.5v2',
  card: 'M3 6h18v13H3zM3 10h18M6.5 15h4',
  store:
    'M4 10v10h16V10M3 10l2-6h14l2 6c0 1.5-1 2.5-2.3 2.5S16.5 11.5 16.5 10c0 1.5-1 2.5-2.3 2.5S12 11.5 12 10c0 1.5-1 2.5-2.3 2.5S7.5 11.5 7.5 10c0 1.5-1 2.5-2.3 2.5S3 11.5 3 10zM10 20v-4h4v4',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5.5l3.5 2',
  phone: 'M5 4h4l1.5 5-2.5 1.5a12 12 0 005.5 5.5l1.5-2.5 5 1.5v4c0 .5-.5 1-1 1C10.5 20 4 13.5 4 5c0-.5.5-1 1-1z',
  swap: 'M4 9h15l-4-4M20 15H5l4 4',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  share: 'M14 5l6 5.5-6 5.5v-3.5c-5 0-8 1.5-10 5 .5-6 4-9 10-9.5z',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 17a3.5 3.5 0 100-7 3.5 3.5 0 000 7z',
  edit: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5l3.5 3.5',
  alert: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7.5v5.5M12 16v.5',
  undo: 'M9 5L4 10l5 5M4 10h10a5.5 5.5 0 010 11h-3',
  refresh: 'M19.5 12a7.5 7.5 0 11-2.2-5.3L20 9.5M20 4v5.5h-5.5',
  spark: 'M12 3l2 6.5 6.5 2.5-6.5 2L12 21l-2-7-6.5-2L10 9.5z',
  leaf: 'M5 19C5 9 11 5 20 4c0 9-3.5 15-11 15-1.5 0-3-.5-4 0zM5 19c2-4 5-7 9-9',
  cake: 'M4 20v-7h16v7zM4 16c2 1.5 4 1.5 5.3 0 1.4 1.5 4 1.5 5.4 0 1.3 1.5 3.3 1.5 5.3 0M12 13V9M12 6.5a1.3 1.3 0 001.3-1.5L12 3l-1.3 2A1.3 1.3 0 0012 6.5z',
  receipt: 'M5 3h14v18l-2.3-1.5L14.3 21 12 19.5 9.7 21l-2.4-1.5L5 21zM9 8h6M9 12h6',
  tag: 'M4 4h8l8.5 8.5-8 8L4 12zM8.5 8.5v.1',
  headset: 'M5 15v-3a7 7 0 0114 0v3M5 13.5h2.5V19H5zM16.5 13.5H19V19h-2.5zM19 19c0 1.5-2 2.5-5 2.5',
  truck: 'M3 6h11v11H3zM14 10h4l3 3.5V17h-7zM7 20a2 2 0 100-4 2 2 0 000 4zM17 20a2 2 0 100-4 2 2 0 000 4z',
} as const

export type IconName = keyof typeof paths

interface Props {
  name: IconName
  /** Edge in units of the 750-wide design. */
  size?: number
  color?: string
  className?: string
}

export function Icon({ name, size = 40, color = 'currentColor', className = '' }: Props) {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="${paths[name]}"/></svg>`
  const edge = pxTransform(size)
  const look = `--icon:url("data:image/svg+xml,${encodeURIComponent(drawing)}");width:${edge};height:${edge};background-color:${color}`
  return <View className={`icon ${className}`} style={look} />
}
