import { bareWithout } from './text.ts'

const MAINLAND = /^1\d{10}$/

/** Countries and regions whose numbers are known by their length when the `+` is left out. */
const AROUND = [/^852\d{8}$/, /^853\d{8}$/, /^886\d{9}$/]

/**
 * The stored form of a phone number: eleven digits in mainland China, otherwise `+`, country and number. It may be typed with
 * blanks, dashes and brackets, with `+86`, `86` or `0086`. Other characters stay, so that a wrong number is refused and not
 * guessed.
 */
export function cleanPhone(text: string): string {
  const typed = bareWithout(text, /[\s().-]/g).replace(/^00/, '+')
  const home = typed.replace(/^\+?86(?=1\d{10}$)/, '')
  if (MAINLAND.test(home)) return home
  return AROUND.some((known) => known.test(typed)) ? `+${typed}` : typed
}

/** The phone numbers that typed text may mean; those of Hong Kong, Macao and Taiwan also without their region. */
export function phonesIn(text: string): string[] {
  const phone = cleanPhone(text)
  if (MAINLAND.test(phone) || /^\+\d{5,20}$/.test(phone)) return [phone]
  if (/^\d{8}$/.test(phone)) return [`+852${phone}`, `+853${phone}`]
  return /^09\d{8}$/.test(phone) ? [`+886${phone.slice(1)}`] : []
}
