import { type CodeNaming, Refusal } from '@pointbook/shared/refusals'
import { WeChatError } from './errors.ts'

/** Waits for a call to WeChat and turns its failure into what the person can do; `invalid` is for a code used, ended or made up. */
export async function fromWeChat<T>(call: Promise<T>, invalid: CodeNaming): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    if (error.kind === 'code-invalid') throw new Refusal(invalid)
    throw new Refusal(error.kind === 'risky-user' ? 'wechat.risky' : 'wechat.unavailable')
  }
}
