import { GiftOutlined } from '@ant-design/icons'
import './picture.css'

interface Props {
  url: string
  /** Absent when the name is beside it, because a screen reader would read it twice. */
  name?: string
  sizePx: number
  fills?: boolean
}

/** A picture of an item, square unless it fills its container; a gift icon when there is none. */
export function Picture({ url, name, sizePx, fills }: Props) {
  const box = fills ? undefined : { width: sizePx, height: sizePx }
  if (url) return <img className="picture" src={url} alt={name ?? ''} style={box} loading="lazy" />
  const said = name ? { role: 'img', 'aria-label': `${name}（没有图片）` } : { 'aria-hidden': true }
  return (
    <div className="picture picture-none" style={box} {...said}>
      <GiftOutlined style={{ fontSize: sizePx / 2.6 }} />
    </div>
  )
}
