/**
 * Whether a value is valid for a key of this kind. Written independently of the client's own limits, so that one checks the
 * other. Source: the value table of subscribeMessage.send on developers.weixin.qq.com.
 */
export function fits(key: string, value: string, listed: string[] = []): boolean {
  const kind = key.replace(/\d+$/, '')
  if (kind === 'enum') return listed.includes(value)
  return limits[kind]?.(value) ?? false
}

const lengthOf = (value: string) => [...value].length
const digitsOf = (value: string) => value.replace(/\D/g, '').length
const hasHan = (value: string) => /\p{Script=Han}/u.test(value)
const isHan = (value: string) => /^\p{Script=Han}+$/u.test(value)

const limits: Record<string, (value: string) => boolean> = {
  thing: (value) => lengthOf(value) <= 20 && !/[\r\n]/.test(value),
  number: (value) => /^-?\d+(\.\d+)?$/.test(value) && digitsOf(value) <= 32,
  letter: (value) => /^[a-z]+$/i.test(value) && value.length <= 32,
  symbol: (value) => /^[^\p{L}\p{N}\s]+$/u.test(value) && lengthOf(value) <= 5,
  character_string: (value) => /^[!-~]+$/.test(value) && value.length <= 32,
  time: (value) => value.split('~').every((part) => isMoment(part, { dayNeeded: false, timeNeeded: true })),
  date: (value) => value.split('~').every((part) => isMoment(part, { dayNeeded: true, timeNeeded: false })),
  amount: (value) => /^[^\d.]?\d+(\.\d+)?元?$/.test(value) && digitsOf(value.split('.')[0]!) <= 10,
  phone_number: (value) => value.length <= 17 && /^[\d\p{P}\p{S} ]+$/u.test(value),
  car_number: (value) => lengthOf(value) <= 8 && !hasHan(value.slice(1, -1)),
  name: (value) => lengthOf(value) <= (hasHan(value) ? 10 : 20) && !/\p{N}/u.test(value),
  phrase: (value) => isHan(value) && lengthOf(value) <= 5,
}

function isMoment(text: string, { dayNeeded, timeNeeded }: { dayNeeded: boolean; timeNeeded: boolean }): boolean {
  const match = /^(\d{4}[年-]\d{1,2}[月-]\d{1,2}日?)?\s*(\d{1,2}:\d{2}(:\d{2})?)?$/.exec(text.trim())
  if (!match) return false
  const [, day, time] = match
  if ((dayNeeded && !day) || (timeNeeded && !time)) return false
  const [hours = 0, minutes = 0] = (time ?? '').split(':').map(Number)
  return hours < 24 && minutes < 60
}
