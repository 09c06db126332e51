import { cut } from '@pointbook/shared/text'
import type { MemberRow } from './store.ts'

/** The name of every member who has left. */
export const LEFT_NAME = '已注销会员'

/** A text without the name and the masked phone of a person. Names of one character are too common to be replaced. */
export function withoutName(text: string, { nickname, phoneMasked }: MemberRow): string {
  const said = [nickname, phoneMasked].filter((one) => [...one].length > 1 && one !== LEFT_NAME)
  return cut(
    said.reduce((rest, one) => rest.replaceAll(one, LEFT_NAME), text),
    text.length,
  )
}
