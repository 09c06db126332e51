const MINUTE_MS = 60_000

interface Log {
  warn(facts: object, text: string): void
}

/** A log that writes each code at most once a minute: an unreachable database makes thousands of equal failures. */
export function sparseLog(log: Log, nowMs: () => number = () => performance.now()) {
  const lastLogged = new Map<string, number>()
  return {
    warn: (facts: { code: string; [fact: string]: unknown }, text: string) => {
      const at = nowMs()
      if (at - (lastLogged.get(facts.code) ?? Number.NEGATIVE_INFINITY) < MINUTE_MS) return
      lastLogged.set(facts.code, at)
      log.warn(facts, text)
    },
  }
}
