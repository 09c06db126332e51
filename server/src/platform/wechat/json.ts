/** Message ids exceed 2^53, so they are quoted before the parser can round them. Undefined for anything but an object. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/"(msgid)"\s*:\s*(\d+)/gi, '"$1":"$2"'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
