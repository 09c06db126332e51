/** Asks WeChat for the token; `force` kills the one in use. */
export type AskForToken = (force: boolean) => Promise<{ value: string; expiresInSeconds: number }>

const refreshBeforeMs = 5 * 60_000

/**
 * The access token, cached until five minutes before its end: from then on WeChat returns its successor while both are valid. Any
 * number of processes may each keep their own (getStableAccessToken, "best practice").
 */
export function stableToken(ask: AskForToken, now: () => number) {
  let stored: { value: string; expiresAtMs: number } | undefined
  let flight: Promise<string> | undefined

  async function obtain(force: boolean): Promise<string> {
    const { value, expiresInSeconds } = await ask(force)
    stored = { value, expiresAtMs: now() + expiresInSeconds * 1000 }
    return value
  }

  /** Simultaneous callers share one request to WeChat. */
  function once(work: () => Promise<string>): Promise<string> {
    flight ??= work().finally(() => {
      flight = undefined
    })
    return flight
  }

  async function current(): Promise<string> {
    const fresh = stored && now() < stored.expiresAtMs - refreshBeforeMs
    return fresh ? stored!.value : once(() => obtain(false))
  }

  /** A token WeChat will accept in place of the one it refused. */
  async function renewed(refused: string): Promise<string> {
    if (stored && stored.value !== refused) return stored.value
    return once(async () => {
      const value = await obtain(false)
      // Forced renewals are limited to 20 a day, so the normal request is tried first and must return the refused token again.
      return value === refused ? obtain(true) : value
    })
  }

  return { current, renewed }
}
