import { GiftOutlined } from '@ant-design/icons'
import './picture.css'

/** A picture of an item, square unless its place makes it fill; a quiet gift where there is none. */
export function Picture({ url, name, sizePx, fills }: { url: string; name: string; sizePx: number; fills?: boolean }) {
  const box = fills ? undefined : { width: sizePx, height: sizePx }
  if (!url) {
    return (
      <div className="picture picture-none" style={box} role="img" aria-label={`${name}（没有图片）`}>
        <GiftOutlined style={{ fontSize: sizePx / 2.6 }} />
      </div>
    )
  }
  return <img className="picture" src={url} alt={name} style={box} loading="lazy" />
}
