import { Ajv } from 'ajv'
import fastJson from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'
import { cleanTexts } from './clean-input.ts'

// Two hundred operations take seconds to compile, so each is when it is first asked for; but a schema of this many characters, such
// as that of a policy, takes a second by itself, in which nobody else is answered.
const LARGE = 10_000
// What the optimizer saves at each call it never earns back.
const code = { optimize: false }

/** Compiles what operations take and give. Returns how to compile the large schemas at once, for a server that is about to listen. */
export function compileSchemas(http: FastifyInstance): () => void {
  const large: (() => unknown)[] = []
  const whenAsked = <T>(schema: unknown, compile: () => T): (() => T) => {
    let compiled: T | null = null
    const get = () => {
      compiled ??= compile()
      return compiled
    }
    if (JSON.stringify(schema).length > LARGE) large.push(get)
    return get
  }
  takeInput(http, whenAsked)
  giveReplies(http, whenAsked)
  return () => {
    for (const compile of large) compile()
  }
}

type WhenAsked = <T>(schema: unknown, compile: () => T) => () => T

// What arrives in a body has the type it says or is refused; what stands in an address is text, so numbers are read from it.
function takeInput(http: FastifyInstance, whenAsked: WhenAsked) {
  const options = { allErrors: false, useDefaults: true, removeAdditional: false, strict: false, code } as const
  const strict = cleanTexts(new Ajv({ ...options, coerceTypes: false }))
  const reading = cleanTexts(new Ajv({ ...options, coerceTypes: true }))
  http.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? strict : reading
    const compiled = whenAsked(schema, () => ajv.compile(schema as object))
    const validate = (input: unknown) => {
      const valid = compiled()(input)
      validate.errors = compiled().errors
      return valid
    }
    validate.errors = null as ReturnType<typeof compiled>['errors']
    return validate as ReturnType<typeof compiled>
  })
}

function giveReplies(http: FastifyInstance, whenAsked: WhenAsked) {
  http.setSerializerCompiler(({ schema }) => {
    const compiled = whenAsked(schema, () => fastJson(schema as object, { ajv: { code }, compileValidators: true }))
    return (reply) => compiled()(reply)
  })
}
