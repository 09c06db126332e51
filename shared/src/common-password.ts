import { dictionary } from '@zxcvbn-ts/language-common'

// The elements of the most common passwords: words, keyboard rows, and words of this product.
const COMMON = [
  ...[
    'password',
    'passwd',
    'passw0rd',
    'pass',
    'secret',
    'default',
    'changeme',
    'letmein',
    'welcome',
    'login',
    'hello',
  ],
  ...['administrator', 'admin', 'root', 'super', 'master', 'manager', 'owner', 'user', 'test', 'demo', 'guest', 'shop'],
  ...[
    'qwertyuiop',
    'qwerty',
    'qwer',
    'asdfghjkl',
    'asdf',
    'zxcvbnm',
    'zxcv',
    '1qaz',
    '2wsx',
    '3edc',
    '4rfv',
    'qazwsx',
    'zaq1',
  ],
  ...[
    'iloveyou',
    'love',
    'monkey',
    'dragon',
    'football',
    'baseball',
    'sunshine',
    'princess',
    'superman',
    'batman',
    'shadow',
  ],
  ...[
    'woaini',
    'aini',
    'mima',
    'zhanghao',
    'dianpu',
    'huiyuan',
    'jifenbu',
    'jifen',
    'weixin',
    'wechat',
    'pointbook',
    'points',
  ],
  ...['5201314', '520', '1314', '888', '666', '168'],
].sort((a, b) => b.length - a.length)

const LEAST_LEFT = 6

/** 49,233 passwords that were stolen and published, in lower case, the most frequent first. */
const BREACHED = new Set(dictionary['passwords-common'])

/**
 * Whether a password is easy to guess, whatever its case: it is a breached one, or two of them in a row; or hardly anything is
 * left of it without common words, rows of neighbours (`1234`, `aaaa`, `dcba`) and the login.
 */
export const isCommonPassword = (password: string, login: string): boolean =>
  isBreached(password.toLowerCase()) || isHardlyAnything(password.toLowerCase(), login.toLowerCase())

// Few of the breached passwords have the twelve characters that a new one must have; most that long are two short ones.
const isBreached = (typed: string): boolean =>
  BREACHED.has(typed) ||
  Array.from(typed, (_, at) => at).some((at) => BREACHED.has(typed.slice(0, at)) && BREACHED.has(typed.slice(at)))

function isHardlyAnything(typed: string, login: string): boolean {
  const words = [login, ...COMMON].filter((word) => word.length > 2)
  const plain = typed.replaceAll('@', 'a').replaceAll('0', 'o').replaceAll('$', 's')
  return [typed, plain].some((text) => {
    const left = words.reduce((rest, word) => rest.replaceAll(word, ''), text)
    return new Set(withoutRows(left)).size < LEAST_LEFT
  })
}

/** Three and more characters that each follow the one before, in one direction. */
function withoutRows(text: string): string {
  const steps = [...text].map((_, at) => stepTo(text, at))
  const isInRow = (at: number) =>
    [at, at + 1, at - 1].some((mid) => typeof steps[mid] === 'number' && steps[mid] === steps[mid + 1])
  return [...text].filter((_, at) => !isInRow(at)).join('')
}

/** −1, 0 or 1 from the character before, 9 and 0 being neighbours; null for a leap. */
function stepTo(text: string, at: number): number | null {
  const pair = text.slice(at - 1, at + 1)
  if (at === 0) return null
  if (pair === '90' || pair === '09') return pair === '90' ? 1 : -1
  const step = pair.charCodeAt(1) - pair.charCodeAt(0)
  return Math.abs(step) <= 1 ? step : null
}
