import { useRouter } from '@tarojs/taro'

type Params = Record<string, string>

/** The parameters of this page's address, decoded; one that cannot be decoded counts as missing. */
export const usePageParams = (): Params => readParams(useRouter().params)

/** WeChat passes parameters undecoded, and a link may be damaged. */
export function readParams(raw: Record<string, string | undefined>): Params {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decoded(value)]))
}

/** A whole number above zero, as ids and entry numbers are; 0 for anything else. */
export function idIn(text: string | undefined): number {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : 0
}

function decoded(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '')
  } catch {
    return ''
  }
}
