import { type Detail, Refusal, type RefusalCode } from '@pointbook/shared/refusals'

/** Figures that a person saw and confirmed; one that the client does not tell is not compared. */
export type Shown<Name extends string> = { readonly [Figure in Name]?: number | undefined }

/** Refuses with the figures of now when one that was confirmed is no longer right. `told` is added for the sentence. */
export function requireShown<Name extends string>(
  code: RefusalCode,
  shown: Shown<NoInfer<Name>>,
  now: Record<Name, number>,
  told: Detail = {},
): void {
  const names = Object.keys(now) as Name[]
  if (names.some((name) => shown[name] !== undefined && shown[name] !== now[name]))
    throw new Refusal(code, { ...now, ...told })
}
