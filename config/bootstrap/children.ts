import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Trouble } from './step.mjs'

const patienceMs = 10_000

/** A process this command started and answers for. */
export interface Child {
  name: string
  pid: number
  process: ChildProcess
  /** Resolves when it has ended, to how: "exit code 1", "signal SIGKILL". */
  ended: Promise<string>
  /** True once it was asked to stop; then its end is expected. */
  stopping: boolean
}

const running: Child[] = []
let reaper: ChildProcess | undefined

/**
 * Starts a process in a group of its own: Ctrl-C reaches only this command, which then stops its children in order.
 * Should this command be killed, the reaper stops them.
 */
export function launch(name: string, [command = '', ...args]: string[], options: SpawnOptions = {}): Child {
  const process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true })
  const ended = new Promise<string>((resolve) => {
    process.on('error', (error) => resolve(error.message))
    process.on('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  const child: Child = { name, pid: process.pid ?? 0, process, ended, stopping: false }
  if (child.pid === 0) return child
  running.push(child)
  tellReaper(`+${child.pid}`)
  ended.then(() => {
    running.splice(running.indexOf(child), 1)
    tellReaper(`-${child.pid}`)
  })
  return child
}

/** Runs a process to its end and gives its output; throws `Trouble` with that output when it fails. */
export async function run(command: string[], options: SpawnOptions & { advice?: string } = {}): Promise<string> {
  const child = launch(path.basename(command[0] ?? ''), command, options)
  let output = ''
  for (const stream of [child.process.stdout, child.process.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  const closed = new Promise((resolve) => child.process.on('close', resolve))
  const how = await child.ended
  if (child.pid > 0) await closed
  if (how === 'exit code 0') return output
  throw new Trouble(`${command.join(' ')} failed (${how}).`, { output, advice: options.advice })
}

/** Asks a process to stop and waits; what does not listen within ten seconds is killed with all its children. */
export async function stop(child: Child) {
  child.stopping = true
  signal(child.pid, 'SIGTERM')
  const patience = new AbortController()
  await Promise.race([child.ended, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
  signal(-child.pid, 'SIGKILL')
  await child.ended
}

/** Stops everything, youngest first. */
export async function stopAll() {
  for (let child = running.at(-1); child; child = running.at(-1)) await stop(child)
}

function tellReaper(line: string) {
  reaper ??= startReaper()
  reaper.stdin?.write(`${line}\n`)
}

function startReaper() {
  const file = path.join(import.meta.dirname, 'reaper.mjs')
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.stdin.on('error', () => {}) // The product goes on when the reaper was killed.
  child.unref()
  return child
}

function signal(pid: number, what: NodeJS.Signals) {
  try {
    process.kill(pid, what)
  } catch {
    // It has ended already.
  }
}
