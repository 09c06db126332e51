import { deltaText } from './numbers.ts'

/** A change of points with its sign and colour: +120 green, −80 rust. */
export function Delta({ points }: { points: number }) {
  return <span className={`digits ${points > 0 ? 'gain' : points < 0 ? 'loss' : 'soft'}`}>{deltaText(points)}</span>
}
