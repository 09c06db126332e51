import { isChanged } from '@pointbook/shared/client'

/** A figure to confirm: the one that was shown, or the new one when the server has refused it as changed meanwhile. */
export function figureNow(error: Error | null, name: string, shown: number): number {
  const now = isChanged(error) ? error.detail?.[name] : undefined
  return typeof now === 'number' ? now : shown
}
