import { Ajv } from 'ajv'
import fastJson, { type ObjectSchema } from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'
import { cleanTexts } from './clean-input.ts'
import { type Referred, type Schema, SchemaParts } from './schema-parts.ts'

// Two hundred operations take seconds to compile, so each is when it is first asked for; but a schema of this many characters, such
// as that of a policy, takes a second by itself, in which nobody else is answered.
const LARGE = 10_000
// What the optimizer saves at each call it never earns back; the sentences about wrong fields are our own.
const compiling = { messages: false, inlineRefs: false, code: { optimize: false } } as const

/** Compiles what operations take and give. Returns how to compile the large schemas at once, for a server that is about to listen. */
export function compileSchemas(http: FastifyInstance): () => void {
  const large: (() => unknown)[] = []
  const parts = new SchemaParts()
  const whenAsked: WhenAsked = (schema, compile) => {
    parts.count(schema)
    let compiled: ReturnType<typeof compile> | null = null
    const get = () => {
      compiled ??= compile(parts.refer(schema))
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

type WhenAsked = <T>(schema: Schema, compile: (referred: Referred) => T) => () => T

// What arrives in a body has the type it says or is refused; what stands in an address is text, so numbers are read from it.
function takeInput(http: FastifyInstance, whenAsked: WhenAsked) {
  const options = { ...compiling, allErrors: false, useDefaults: true, removeAdditional: false, strict: false } as const
  const strict = cleanTexts(new Ajv({ ...options, coerceTypes: false }))
  const reading = cleanTexts(new Ajv({ ...options, coerceTypes: true }))
  http.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? strict : reading
    const compiled = whenAsked(schema as Schema, (referred) => compileIn(ajv, referred))
    const validate = (input: unknown) => {
      const valid = compiled()(input)
      validate.errors = compiled().errors
      return valid
    }
    validate.errors = null as ReturnType<typeof compiled>['errors']
    return validate as ReturnType<typeof compiled>
  })
}

function compileIn(ajv: Ajv, { schema, parts }: Referred) {
  for (const [name, part] of Object.entries(parts)) if (!ajv.schemas[name]) ajv.addSchema(part)
  return ajv.compile(schema)
}

function giveReplies(http: FastifyInstance, whenAsked: WhenAsked) {
  http.setSerializerCompiler(({ schema: reply }) => {
    const compiled = whenAsked(reply as Schema, (referred) => {
      const { schema, parts } = referred as unknown as { schema: ObjectSchema; parts: Record<string, ObjectSchema> }
      return fastJson(schema, { schema: parts, ajv: compiling, compileValidators: true })
    })
    return (reply) => compiled()(reply)
  })
}
