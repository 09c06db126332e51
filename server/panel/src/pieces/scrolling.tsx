import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import './scrolling.css'

interface Props {
  /** What is in it. */
  name: string
  children: ReactNode
  style?: CSSProperties
}

/** A box that scrolls when its content does not fit. Only then it is a tab stop, and the arrow keys scroll it. */
export function Scrolling({ name, children, style }: Props) {
  const box = useRef<HTMLElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const { current } = box
    if (!current) return
    const watch = new ResizeObserver(() =>
      setScrolls(current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight),
    )
    for (const part of [current, ...current.children]) watch.observe(part)
    return () => watch.disconnect()
  }, [])
  const reach = scrolls ? { tabIndex: 0, 'aria-label': `${name}，可滚动` } : {}
  return (
    <section ref={box} className="scrolling" style={style} {...reach}>
      {children}
    </section>
  )
}
