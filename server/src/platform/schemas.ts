import { Ajv, type ErrorObject } from 'ajv'
import fastJson, { type ObjectSchema } from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'
import { cleanTexts } from './clean-input.ts'
import { type Referred, type Schema, SchemaParts } from './schema-parts.ts'

// Compiling two hundred operations takes seconds, so each is compiled at its first request. But a schema of this many characters,
// such as that of a policy, takes a second, during which no other request is answered.
const LARGE = 10_000
// The optimizer costs more than it saves. The sentences about wrong fields are our own.
const compiling = { messages: false, inlineRefs: false, code: { optimize: false } } as const

/** Compiles the schemas of input and reply. Returns a function that compiles the large schemas, for the start of a server. */
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

// Values of a body must have their declared type; values of an address are text, so numbers are parsed from them.
function takeInput(http: FastifyInstance, whenAsked: WhenAsked) {
  const options = { ...compiling, allErrors: false, useDefaults: true, removeAdditional: false, strict: false } as const
  const strict = cleanTexts(new Ajv({ ...options, coerceTypes: false }))
  const reading = cleanTexts(new Ajv({ ...options, coerceTypes: true }))
  http.setValidatorCompiler(({ schema, httpPart }) => {
    const isAddress = httpPart !== 'body'
    const ajv = isAddress ? reading : strict
    const compiled = whenAsked(schema as Schema, (referred) => compileIn(ajv, referred))
    const validate = (input: unknown) => {
      validate.errors = isAddress ? oddNumbers(schema as Schema, input) : null
      if (validate.errors) return false
      const valid = compiled()(input)
      validate.errors = compiled().errors
      return valid
    }
    validate.errors = null as ReturnType<typeof compiled>['errors']
    return validate as ReturnType<typeof compiled>
  })
}

/** The integers of an address that are not written in digits: Ajv would also read `0x10`, `1e3` and ` 7`. Null without any. */
function oddNumbers({ properties = {} }: Schema, input: unknown): ErrorObject[] | null {
  const odd = Object.entries(input as Record<string, unknown>).find(
    ([name, value]) =>
      (properties as Record<string, Schema>)[name]?.['type'] === 'integer' && !/^-?\d+$/.test(String(value)),
  )
  return odd ? [{ instancePath: `/${odd[0]}`, schemaPath: '', keyword: 'type', params: { type: 'integer' } }] : null
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
