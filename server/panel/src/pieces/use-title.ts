import { useEffect } from 'react'

/** Names the page in the browser's tab, which is also what is read out when it opens. */
export function useTitle(name: string) {
  useEffect(() => {
    document.title = name ? `${name} · 积分簿` : '积分簿 · 商家后台'
  }, [name])
}
