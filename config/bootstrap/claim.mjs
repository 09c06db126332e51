// Plain JavaScript, because the installation itself is claimed.
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const longestSocketPath = 100
const askAgainMs = 500

/**
 * The path of a Unix socket of this folder: in the folder, or in a private folder of /tmp when the path exceeds the system's
 * limit of about 100 bytes.
 * @param {string} folder @param {string} name
 */
export function socketPath(folder, name) {
  const file = path.resolve(folder, name)
  if (Buffer.byteLength(file) <= longestSocketPath) return file
  const short = path.join(
    tmpdir(),
    `pointbook-${createHash('sha256').update(path.dirname(file)).digest('hex').slice(0, 16)}`,
  )
  mkdirSync(short, { recursive: true, mode: 0o700 })
  chmodSync(short, 0o700)
  return path.join(short, name)
}

/**
 * @typedef {object} Claim
 * @property {number | undefined} holder Process id of the present holder of the folder; undefined when this process has it now.
 * @property {() => void} release
 */

/**
 * Claims a folder for this process, until it ends or releases it. A listening socket is the claim: unlike a file with
 * a process id it cannot outlive its process.
 * @param {string} folder
 * @returns {Promise<Claim>}
 */
export async function claim(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const socket = socketPath(folder, 'claim.sock')
  const ours = await listen(socket)
  if (ours) return ours
  const holder = await holderOf(socket)
  if (holder) return { holder, release() {} }
  rmSync(socket, { force: true }) // A killed process leaves its socket behind.
  return (await listen(socket)) ?? { holder: await holderOf(socket), release() {} }
}

/**
 * Claims a folder after its present holder has released it.
 * @param {string} folder
 */
export async function takeTurn(folder) {
  for (;;) {
    const turn = await claim(folder)
    if (!turn.holder) return turn
    await sleep(askAgainMs)
  }
}

/**
 * The claim, or undefined where the socket exists.
 * @param {string} socket
 * @returns {Promise<Claim | undefined>}
 */
function listen(socket) {
  const server = createServer((guest) => guest.on('error', () => {}).end(String(process.pid)))
  return new Promise((resolve, reject) => {
    server.on('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(socket, () => {
      server.unref()
      resolve({ holder: undefined, release: () => server.close() })
    })
  })
}

/**
 * @param {string} socket
 * @returns {Promise<number | undefined>}
 */
function holderOf(socket) {
  return new Promise((resolve) => {
    let answer = ''
    connect(socket)
      .on('data', (chunk) => {
        answer += chunk
      })
      .on('end', () => resolve(Number(answer)))
      .on('error', () => resolve(undefined))
  })
}
