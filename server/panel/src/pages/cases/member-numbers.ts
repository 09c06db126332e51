/** Member numbers in pasted text or the first column of a CSV file; a header or anything else that is no number is passed over. */
export function memberNumbers(text: string): string[] {
  const cells = text.split(/[\r\n]+/).flatMap((line) => {
    const [first = '', ...rest] = line.split(/[,;\t，；、]/).map((cell) => cell.trim().replace(/^["'﻿]+|["']+$/g, ''))
    // A line of numbers only is a list; else the first column counts.
    return rest.every((cell) => /^\d*$/.test(cell)) ? [first, ...rest] : [first]
  })
  return [...new Set(cells.filter((cell) => /^\d{1,15}$/.test(cell)))]
}
