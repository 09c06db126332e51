import { Link } from 'react-router'
import { Mark } from './mark.tsx'
import './tags.css'

interface Props {
  tags: string[]
  /** How many are shown; all when left out. */
  most?: number
}

/** A member's tags, each leading to the list of all who have it. */
export function Tags({ tags, most = tags.length }: Props) {
  const left = tags.length - most
  return (
    <span className="tags">
      {tags.slice(0, most).map((tag) => (
        <Link
          key={tag}
          to={`/members?tag=${encodeURIComponent(tag)}`}
          title={`看看有标签「${tag}」的会员`}
          onClick={(event) => event.stopPropagation()}
        >
          <Mark>{tag}</Mark>
        </Link>
      ))}
      {left > 0 && (
        <span className="soft small" title={tags.slice(most).join('、')}>
          还有 {left} 个
        </span>
      )}
    </span>
  )
}
