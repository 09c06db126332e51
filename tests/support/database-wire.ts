import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './free-port.ts'

/**
 * What the wire answers in the place of the database: an error, or that all is well. Or the connection ends, before the statement
 * has reached the database or after it was carried out there.
 */
type Answer = { errno: number; sqlState?: string } | 'ok' | 'lost before' | 'lost after'

export interface DatabaseWire {
  /** The address of a database, by way of this wire. */
  through(url: string): string
  /** Answers the statements that match instead of handing them on; null hands everything on again. */
  answer(statements: RegExp, answer: Answer | null): void
  /** The same, decided for each statement. */
  decide(each: ((statement: string) => Answer | null) | null): void
  /** How often it has answered a statement itself. */
  answered(): number
  /** How many connections were made. */
  connections(): number
  /** Ends all connections, as a database that is restarted does. */
  cut(): void
  close(): void
}

const COM_QUERY = 3
const HEADER = 4
const MORE_FOLLOW = 8

/** Lies between a server and its database, which is real, and plays the errors of databases that we do not have. */
export async function aDatabaseWire(target: { host: string; port: number }): Promise<DatabaseWire> {
  const port = await freePort()
  const open = new Set<Socket>()
  let rule: ((statement: string) => Answer | null) | null = null
  let answered = 0
  let connections = 0

  const verdictOn = (packet: Buffer): Answer | null => {
    if (!rule || packet[HEADER] !== COM_QUERY) return null
    // MySQL expects the number of attributes before the text: none, in one set.
    const text = packet[HEADER + 1] === 0 && packet[HEADER + 2] === 1 ? HEADER + 3 : HEADER + 1
    return rule(packet.subarray(text).toString('utf8'))
  }

  const server: Server = createServer({ noDelay: true }, (near) => {
    connections++
    const far = connect({ ...target, noDelay: true })
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => {}).once('close', () => open.delete(end))
    }
    far.pipe(near)
    near.once('end', () => far.end())
    far.once('close', () => near.destroy())
    near.once('close', () => far.destroy())
    packetsOf(near, (packet) => {
      const answer = verdictOn(packet)
      if (!answer) return void far.write(packet)
      answered++
      if (answer === 'lost before') return void near.destroy()
      if (answer === 'lost after') {
        far.unpipe(near)
        packetsOf(far, (reply) => endsAnswer(reply) && near.destroy())
        far.resume()
        return void far.write(packet)
      }
      near.write(answer === 'ok' ? packetOf(OK) : packetOf(errorOf(answer)))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  return {
    through: (url) => {
      const wired = new URL(url)
      wired.host = `127.0.0.1:${port}`
      return wired.href
    },
    answer: (statements, answer) => {
      rule = answer && ((statement) => (statements.test(statement) ? answer : null))
    },
    decide: (each) => {
      rule = each
    },
    answered: () => answered,
    connections: () => connections,
    cut: () => {
      for (const end of open) end.destroy()
    },
    close: () => {
      for (const end of open) end.destroy()
      server.close()
    },
  }
}

/** Each packet begins with its length in three bytes and its number. */
function packetsOf(socket: Socket, each: (packet: Buffer) => void) {
  let waiting = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= HEADER && waiting.length >= HEADER + waiting.readUIntLE(0, 3)) {
      const end = HEADER + waiting.readUIntLE(0, 3)
      each(waiting.subarray(0, end))
      waiting = waiting.subarray(end)
    }
  })
}

/**
 * Whether the answer ends here: statements sent together are answered one by one, all but the last with the flag "more results".
 */
function endsAnswer(packet: Buffer): boolean {
  if (packet[HEADER] !== 0) return true
  let at = HEADER + 1
  // The number of changed rows, and the last assigned id.
  for (let field = 0; field < 2; field++) at += { 252: 3, 253: 4, 254: 9 }[packet[at]!] ?? 1
  return (packet.readUInt16LE(at) & MORE_FOLLOW) === 0
}

// No rows changed, no id, autocommit on, no warnings.
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0])

const errorOf = ({ errno, sqlState = 'HY000' }: Extract<Answer, object>) =>
  Buffer.concat([Buffer.from([0xff, errno & 0xff, errno >> 8]), Buffer.from(`#${sqlState}played by a test`)])

function packetOf(body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUIntLE(body.length, 0, 3)
  header[3] = 1
  return Buffer.concat([header, body])
}
