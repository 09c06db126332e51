import { type CodeAndDetail, type Detail, type NamesOf, Refusal, type RefusalCode } from '@pointbook/shared/refusals'

/** Figures or names that a person saw and confirmed; those that the client leaves out are not compared. */
export type Shown<Name extends string, Value = number> = { readonly [Figure in Name]?: Value | undefined }

/** What the sentence names besides the figures. */
type SentenceDetail<Names extends string> = [Names] extends [never]
  ? [sentenceDetail?: Detail]
  : [sentenceDetail: Detail & Record<Names, string | number>]

/** Refuses with the current figures when a confirmed one has changed. `sentenceDetail` has the other values of the sentence. */
export function requireShown<Code extends RefusalCode, Name extends string>(
  code: Code,
  shown: Shown<NoInfer<Name>, number | string>,
  now: Record<Name, number | string>,
  ...[sentenceDetail]: SentenceDetail<Exclude<NamesOf<Code>, Name>>
): void {
  const names = Object.keys(now) as Name[]
  if (names.some((name) => shown[name] !== undefined && shown[name] !== now[name]))
    // `SentenceDetail` makes sure that the detail has all that the sentence names.
    throw new Refusal(...([code, { ...now, ...sentenceDetail }] as unknown as CodeAndDetail))
}
