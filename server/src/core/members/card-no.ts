// A card number has 12 digits: a 6, which distinguishes it from a pick-up code; ten random digits, so that it cannot be guessed;
// and a check digit, which detects a wrong digit and two swapped ones. An even number of digits makes a short Code 128 barcode.

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
