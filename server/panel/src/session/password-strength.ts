import { isCommonPassword } from '@pointbook/shared/common-password'
import { refusals } from '@pointbook/shared/refusals'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const LEAST_LENGTH = 12
// More signs hardly add to the strength and make each look slower.
const READ_LENGTH = 64
// Powers of ten of guesses: 10^8 take a day offline on one machine at a thousand a second, 10^12 take thirty years.
const FAIR = 8
const STRONG = 12

export interface Strength {
  /** `refused` is what the server refuses, and nothing else. */
  level: 'refused' | 'weak' | 'fair' | 'strong'
  /** What is wrong or would be better; '' for a strong one. */
  advice: string
}

interface Typed {
  password: string
  /** The password in use now. */
  present: string
  login: string
}

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: READ_LENGTH })

/** How hard a new password is to guess. */
export function strengthOf({ password, present, login }: Typed): Strength {
  const missing = LEAST_LENGTH - [...password].length
  if (missing > 0) return { level: 'refused', advice: `还差 ${missing} 位` }
  if (isCommonPassword(password, login)) return { level: 'refused', advice: refusals['password.common'][1] }
  if (password === present) return { level: 'refused', advice: refusals['password.same'][1] }
  const { guessesLog10, feedback } = estimator.check(password, ['pointbook', login])
  if (guessesLog10 >= STRONG) return { level: 'strong', advice: '' }
  return {
    level: guessesLog10 >= FAIR ? 'fair' : 'weak',
    advice: better[feedback.warning ?? ''] ?? '再长一些会更好，例如加一个不相干的词',
  }
}

const keys = '键盘上相邻的键容易被猜中，换成几个不相干的词会更好'
const common = '里面有常见密码，换成几个不相干的词会更好'
const better: Record<string, string> = {
  straightRow: keys,
  keyPattern: keys,
  simpleRepeat: '重复的字不会更难猜，换成不同的字会更好',
  extendedRepeat: '重复的一段不会更难猜，换成不同的词会更好',
  sequences: 'abc、123 这样的顺序容易被猜中，换成别的会更好',
  recentYears: '年份容易被猜中，去掉或换成别的会更好',
  dates: '日期和生日容易被猜中，换成别的会更好',
  topTen: common,
  topHundred: common,
  common,
  similarToCommon: common,
  userInputs: '里面有您的账号，换成别的会更好',
}
