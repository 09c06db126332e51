import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'

/** Lays something over the whole preview until it answers. */
export function show<Answer>(render: (answer: (value: Answer) => void) => ReactElement): Promise<Answer> {
  const place = document.body.appendChild(document.createElement('div'))
  place.className = 'preview-layer'
  const root = createRoot(place)
  return new Promise((resolve) => {
    const answer = (value: Answer) => {
      root.unmount()
      place.remove()
      resolve(value)
    }
    root.render(render(answer))
  })
}
