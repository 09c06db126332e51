import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const longestSocketPath = 100

/** Where a Unix socket of this folder lies: in it, or, since the system allows about 100 bytes, in a private folder of /tmp. */
export function socketPath(folder: string, name: string): string {
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

export interface Claim {
  /** Process id of whoever holds the folder; undefined when it is ours now. */
  holder: number | undefined
  release(): void
}

/**
 * Claims a folder for this process, until it ends or releases it. A listening socket is the claim: unlike a file with
 * a process id it cannot outlive its process.
 */
export async function claim(folder: string): Promise<Claim> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const socket = socketPath(folder, 'claim.sock')
  const holder = await holderOf(socket)
  if (holder) return { holder, release() {} }
  rmSync(socket, { force: true })
  const server = createServer((guest) => guest.on('error', () => {}).end(String(process.pid)))
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(socket, resolve))
  server.unref()
  return { holder: undefined, release: () => server.close() }
}

function holderOf(socket: string): Promise<number | undefined> {
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
