/**
 * Splits whole `points` over lines by their weights: each gets its share rounded down, and what is left over goes one point at a
 * time to the largest remainders, the earlier line first. The parts always sum to `points`. Equal parts when all weights are 0.
 */
export function allocate(points: number, weights: readonly number[]): number[] {
  if (weights.length === 1) return [points]
  const all = sum(weights)
  if (all === 0) return weights.length ? allocate(points, new Array<number>(weights.length).fill(1)) : []
  const parts: number[] = []
  const remainders: number[] = []
  let left = points
  for (const weight of weights) {
    const remainder = (points * weight) % all
    const part = (points * weight - remainder) / all
    parts.push(part)
    remainders.push(remainder)
    left -= part
  }
  for (; left > 0; left--) {
    const line = largest(remainders)
    parts[line]! += 1
    remainders[line] = -1
  }
  return parts
}

function largest(values: readonly number[]): number {
  let best = 0
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at
  return best
}

export function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
