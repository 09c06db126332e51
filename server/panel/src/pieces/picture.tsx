import { GiftOutlined } from '@ant-design/icons'
import './picture.css'

/** A square picture of an item; a quiet gift where there is none. */
export function Picture({ url, name, sizePx }: { url: string; name: string; sizePx: number }) {
  const box = { width: sizePx, height: sizePx }
  if (!url) {
    return (
      <div className="picture picture-none" style={box} role="img" aria-label={`${name}（没有图片）`}>
        <GiftOutlined style={{ fontSize: sizePx / 2.6 }} />
      </div>
    )
  }
  return <img className="picture" src={url} alt={name} style={box} loading="lazy" />
}
