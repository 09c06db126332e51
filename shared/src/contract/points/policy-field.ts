import Type, {
  type TBoolean,
  type TEnum,
  type TInteger,
  type TNull,
  type TOptional,
  type TString,
  type TUnion,
} from 'typebox'
import type { Fields, PolicyField } from '../../policy-fields/field.ts'
import { Name, Text } from '../fields.ts'
import { Maybe, Nullable } from '../http.ts'

type Plain<F> = F extends { kind: 'choice'; choices: infer O }
  ? TEnum<(keyof O & string)[]>
  : F extends { kind: 'switch' | 'checkbox' }
    ? TBoolean
    : F extends { kind: 'name' | 'text' }
      ? TString
      : TInteger

type OrNone<F> = F extends { orNone: string } ? TUnion<[Plain<F>, TNull]> : Plain<F>

type Schema<F> = F extends { missing: unknown } ? TOptional<OrNone<F>> : OrNone<F>

function plain(field: PolicyField) {
  switch (field.kind) {
    case 'choice':
      return Type.Enum(Object.keys(field.choices))
    case 'switch':
    case 'checkbox':
      return Type.Boolean()
    case 'name':
      return Name(field.longest)
    case 'text':
      return Text(field.longest)
    default:
      return Type.Integer({ minimum: field.least, maximum: field.most })
  }
}

/** The schema of one declared field. */
export function schemaOf<const F extends PolicyField>(field: F) {
  const orNone = 'orNone' in field ? Nullable(plain(field)) : plain(field)
  return (field.missing === undefined ? orNone : Maybe(orNone)) as unknown as Schema<F>
}

/** The schemas of a part's declared fields. */
export const schemasOf = <F extends Fields>(fields: F) =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, schemaOf(field)])) as {
    [K in keyof F]: Schema<F[K]>
  }
