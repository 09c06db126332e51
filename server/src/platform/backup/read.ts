import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { BackupFault, type Contents } from './format.ts'
import { ALTERED, isEncrypted, keysOf, opened, TRUNCATED } from './frames.ts'
import { newReader, type Sink } from './reader.ts'

const BEGIN = 1_024
const LONGEST_LINE = 2 ** 26
const GZIP = Buffer.from([0x1f, 0x8b])

/**
 * Reads a backup from beginning to end. Throws `BackupFault` when it is truncated, altered, of another format or encrypted with
 * another key; the sink may have got a part of it then.
 */
export async function readBackup(file: string, key: string, sink: Sink = {}): Promise<Contents> {
  const begin = await beginOf(file)
  const encrypted = isEncrypted(begin)
  if (!encrypted && !begin.subarray(0, 2).equals(GZIP)) throw new BackupFault(`${file} is not a backup of Pointbook.`)
  const keys = encrypted ? keysOf(begin, key) : null
  const reader = newReader(sink)
  try {
    const bytes = createReadStream(file)
    await pipeline(keys ? opened(bytes, keys) : bytes, createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const lines of linesIn(chunks)) for (const line of lines) await reader.take(line)
    })
  } catch (error) {
    throw asFault(error)
  }
  return reader.end()
}

async function beginOf(path: string): Promise<Buffer> {
  const file = await open(path).catch((error) => {
    throw new BackupFault(`${path} cannot be read (${error.code}).`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGIN), 0, BEGIN, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw new BackupFault(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  } finally {
    await file.close()
  }
}

function asFault(error: unknown): unknown {
  const { code } = error as { code?: string }
  if (code === 'Z_BUF_ERROR') return new BackupFault(TRUNCATED)
  return code === 'Z_DATA_ERROR' ? new BackupFault(ALTERED) : error
}

async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(10)
    parts.push(last < 0 ? chunk : chunk.subarray(0, last))
    length += chunk.length
    if (length > LONGEST_LINE) throw new BackupFault(ALTERED)
    if (last < 0) continue
    yield Buffer.concat(parts).toString('utf8').split('\n')
    parts = [chunk.subarray(last + 1)]
    length = parts[0]!.length
  }
  if (length > 0) throw new BackupFault(TRUNCATED)
}
