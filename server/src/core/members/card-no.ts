// A card number is 12 digits: a 6, which tells it from a pick-up code, ten at random, so that nobody guesses a neighbour's, and
// a check digit, so that a slip of one finger or two digits swapped is noticed. An even number of digits is short in Code 128.

/** The Luhn check digit for digits that it will follow. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/** The card number with these ten digits. */
export function cardNo(digits: string): string {
  if (!/^\d{10}$/.test(digits)) throw new RangeError(`not ten digits: ${digits}`)
  return `6${digits}${checkDigit(`6${digits}`)}`
}

export const isCardNo = (text: string): boolean =>
  /^6\d{11}$/.test(text) && checkDigit(text.slice(0, -1)) === Number(text.at(-1))
