import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, launch } from './children.ts'
import { Trouble } from './step.mjs'

const pollMs = 100

/**
 * The flags that run a built program. With a limit for the heap and a small space for new objects, Node collects garbage sooner: a
 * server with 64 connections takes 231 MB at most instead of 355, and is no slower. `--enable-source-maps` is left out because it
 * keeps every map parsed; `server/src/platform/places.ts` reads them when an error is logged.
 */
export const builtFlags = ['--max-old-space-size=512', '--max-semi-space-size=8']

export interface Service {
  name: string
  command: string[]
  /** Working directory, relative to the root; the root by default. */
  folder?: string
  env: NodeJS.ProcessEnv
  /** Answers 200 when the service is ready. */
  readyUrl: string
  readyWithinMs: number
  /** The file for its output; by default that of this command. */
  logFile?: string
  /** Whether each line of its output begins with its name, where several write on one terminal. */
  named?: boolean
}

/** The arguments that run one of our programs from the root, as TypeScript or built. */
export const program = (main: string): string[] => [process.execPath, ...(main.endsWith('.ts') ? [] : builtFlags), main]

/** Starts one of our own processes and waits until it is ready. Its log begins anew unless `continued`. */
export async function startService(service: Service, continued = false): Promise<Child> {
  const { name, command, folder, env, logFile, named } = service
  if (logFile) mkdirSync(path.dirname(logFile), { recursive: true })
  const log = logFile ? openSync(logFile, continued ? 'a' : 'w', 0o600) : named ? 'pipe' : 'inherit'
  const child = launch(name, command, { cwd: folder, env, stdio: ['ignore', log, log] })
  if (typeof log === 'number') closeSync(log)
  if (named) printNamed(child)
  await untilReady(child, service)
  return child
}

interface Restarts {
  /** How often a service is started again within `withinMs`; then it is given up. */
  most: number
  withinMs: number
  /** The wait before the first restart; it doubles with each. */
  pauseMs: number
  say(text: string): void
}

const restarts: Restarts = { most: 5, withinMs: 600_000, pauseMs: 1_000, say: console.log }

/**
 * Starts a service, and starts it again whenever it ends without being asked to. `lost` resolves when it was asked to stop, or has
 * ended too often.
 */
export async function keepService(service: Service, limit: Restarts = restarts): Promise<{ lost: Promise<Trouble> }> {
  return { lost: startAgain(await startService(service), service, limit) }
}

async function startAgain(
  first: Child,
  service: Service,
  { most, withinMs, pauseMs, say }: Restarts,
): Promise<Trouble> {
  let child: Child | Trouble = first
  const endsMs: number[] = []
  while (true) {
    const trouble: Trouble = child instanceof Trouble ? child : await endOf(child, service.logFile)
    if (!(child instanceof Trouble) && child.stopping) return trouble
    endsMs.push(performance.now())
    const recent = endsMs.filter((endMs) => endMs > performance.now() - withinMs).length
    if (recent > most) return trouble
    say(`${trouble.message} It is started again (${recent} of ${most} times within ${withinMs / 60_000} minutes).`)
    await sleep(pauseMs * 2 ** (recent - 1))
    child = await startService(service, true).catch((failure: Trouble) => failure)
  }
}

/** The message for a service that ended unexpectedly. */
export async function endOf(child: Child, logFile?: string): Promise<Trouble> {
  const how = await child.ended
  return new Trouble(`The ${child.name} ended unexpectedly (${how}).`, failure(logFile))
}

function printNamed({ name, process: { stdout, stderr } }: Child) {
  for (const input of [stdout, stderr])
    if (input)
      createInterface({ input }).on('line', (line) => line.trim() && console.log(`${name.padEnd(14)} │ ${line}`))
}

async function untilReady(child: Child, { name, readyUrl, readyWithinMs, logFile }: Service) {
  let ended = ''
  child.ended.then((how) => {
    ended = how
  })
  const deadline = performance.now() + readyWithinMs
  while (performance.now() < deadline) {
    if (ended) throw new Trouble(`The ${name} did not start (${ended}).`, failure(logFile))
    const answer = await fetch(readyUrl, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(pollMs)
  }
  throw new Trouble(`The ${name} did not answer ${readyUrl} within ${readyWithinMs / 1000} s.`, failure(logFile))
}

function failure(logFile?: string) {
  if (!logFile) return {}
  return { output: existsSync(logFile) ? readFileSync(logFile, 'utf8') : '', advice: `The whole log is in ${logFile}.` }
}
