/**
 * Splits whole `points` over lines by their weights: each gets its share rounded down, and what is left over goes one point at a
 * time to the largest remainders, the earlier line first. The parts always sum to `points`. Equal parts when all weights are 0.
 */
export function allocate(points: number, weights: readonly number[]): number[] {
  if (weights.length === 1) return [points]
  let sum = 0
  for (const weight of weights) sum += weight
  if (sum === 0)
    return weights.length
      ? allocate(
          points,
          weights.map(() => 1),
        )
      : []
  const remainders = weights.map((weight) => (points * weight) % sum)
  const parts = weights.map((weight) => Math.floor((points * weight) / sum))
  let left = points
  for (const part of parts) left -= part
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
