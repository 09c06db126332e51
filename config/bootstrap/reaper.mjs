// Watches the processes that a command started. Its input is a pipe from the command: "+pid" when a process was started, "-pid"
// when it ended. The pipe closes when the command ends, even by kill -9; then the remaining processes are stopped, the youngest
// first. It runs in a session of its own, so a signal to the terminal's processes does not end it.
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 3_000

/** @type {number[]} */
const pids = []
for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1))
  if (line.startsWith('+')) pids.push(pid)
  else pids.splice(pids.indexOf(pid), 1)
}
for (const pid of pids.reverse()) await stop(pid)

/** @param {number} pid */
async function stop(pid) {
  for (let waitedMs = 0; waitedMs < patienceMs && signal(pid, waitedMs === 0 ? 'SIGTERM' : 0); waitedMs += 100)
    await sleep(100)
  signal(-pid, 'SIGKILL')
}

/** @param {number} pid @param {NodeJS.Signals | 0} what */
function signal(pid, what) {
  try {
    return process.kill(pid, what)
  } catch {
    return false
  }
}
