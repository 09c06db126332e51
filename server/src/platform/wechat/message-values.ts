import { cut, lengthOf } from '@pointbook/shared/text'

/**
 * Values of a subscribe message, by the kind that begins a key's name (`thing4` is a thing). Source: the value table of
 * subscribeMessage.send on developers.weixin.qq.com.
 *
 * Prose is cut to its limit, because half a sentence still helps. Figures, dates and codes that are too long throw a RangeError
 * with the key, because a cut value would be false.
 */
export function fitValues(data: Record<string, string>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value: fitValue(key, value) }]))
}

export function fitValue(key: string, value: string): string {
  const kind = key.replace(/\d+$/, '')
  const cut = prose[kind]
  const pattern = exact[kind]
  // Codes are shown in groups; the blanks between them are no part of a code and not allowed here.
  const bare = kind === 'character_string' ? value.replace(/\s+/g, '') : value.trim()
  const fitted = cut ? cut(oneLine(value)) : bare
  const fits = cut ? fitted !== '' : pattern?.test(fitted)
  if (!fits) throw new RangeError(`${key} cannot hold this value`)
  return fitted
}

const han = /^\p{Script=Han}+$/u

const prose: Record<string, (text: string) => string> = {
  thing: (text) => shorten(text, 20),
  phrase: (text) =>
    [...text]
      .filter((char) => han.test(char))
      .slice(0, 5)
      .join(''),
  name: (text) => shortenName(text.replace(/\p{N}/gu, '').trim()),
}

const day = String.raw`(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})`
const clock = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`
const rangeOf = (one: string) => new RegExp(`^${one}(?:~${one})?$`)

const exact: Record<string, RegExp> = {
  number: /^(?=(?:\D*\d){1,32}\D*$)-?\d+(?:\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[\p{P}\p{S}]{1,5}$/u,
  character_string: /^[\x21-\x7e]{1,32}$/,
  time: rangeOf(`(?:${day} ?)?${clock}`),
  date: rangeOf(`${day}(?: ?${clock})?`),
  amount: /^[¥￥$€£]?\d{1,10}(?:\.\d+)?元?$/,
  phone_number: /^[\d+\-*() ]{1,17}$/,
  car_number: /^(?=.{1,8}$)[\p{Script=Han}A-Za-z0-9][A-Za-z0-9]*[\p{Script=Han}A-Za-z0-9]?$/u,
}

/** Line breaks and emoji are dropped: whether WeChat takes them differs by client. */
function oneLine(text: string): string {
  return text
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{fe0f}|\u{200d}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** Ten Chinese characters or twenty others; one Chinese character makes it a Chinese name. */
function shortenName(text: string): string {
  return shorten(text, /\p{Script=Han}/u.test(text) ? 10 : 20)
}

const shorten = (text: string, limit: number): string => (lengthOf(text) <= limit ? text : `${cut(text, limit - 1)}…`)
