/**
 * Splits whole `points` over lines by their weights: each gets its share rounded down, and what is left over goes one point at a
 * time to the largest remainders, the earlier line first. The parts always sum to `points`. Equal parts when all weights are 0.
 */
export function allocate(points: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0)
  if (sum === 0)
    return weights.length
      ? allocate(
          points,
          weights.map(() => 1),
        )
      : []
  const parts = weights.map((weight) => Math.floor((points * weight) / sum))
  const remainders = weights.map((weight, line) => ({ line, rest: (points * weight) % sum }))
  const left = points - parts.reduce((a, b) => a + b, 0)
  remainders.sort((a, b) => b.rest - a.rest || a.line - b.line)
  for (const { line } of remainders.slice(0, left)) parts[line]! += 1
  return parts
}
