import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { Pool } from 'undici'
import type { Shop } from '../bench/works.ts'
import { type Answer, nameOf, openMoves, type Sent } from './moves.ts'

export interface Clients {
  /** Everything that was sent, with what was answered. */
  sent: Sent[]
  /** Answers that were no answers: lost, 503, and 500, which a server should never give. */
  troubles: { lost: number; busy: number; failed: number }
  /** Moves that got another answer when they were repeated. */
  changed: string[]
  /**
   * Ends the load and repeats unanswered requests until they are answered; then repeats everything that was ever in doubt once.
   */
  finish(): Promise<void>
}

interface Load {
  url: string
  shop: Shop
  scarceItemId: number
  clients: number
}

const ANSWER_WITHIN_MS = 15_000
const FINISH_WITHIN_MS = 90_000
const PAUSE_MS = 100
const MOST_UNANSWERED = 5
/** The answers to a member whose membership has ended. */
const GONE = ['session.expired', 'member.cancelled']

/** Clients that each make one move after another, and record all of them. */
export function openClients({ url, shop, scarceItemId, clients }: Load): Clients {
  const pool = new Pool(url, { connections: clients, headersTimeout: ANSWER_WITHIN_MS, bodyTimeout: ANSWER_WITHIN_MS })
  const moves = openMoves(shop, scarceItemId)
  const all: Sent[] = []
  const troubles = { lost: 0, busy: 0, failed: 0 }
  const changed: string[] = []
  let open = true
  let deadline = Number.POSITIVE_INFINITY

  async function ask({ request }: Sent): Promise<Answer | null> {
    try {
      const { statusCode, headers, body } = await pool.request(request)
      const text = await body.text()
      if (statusCode === 503 && headers['retry-after']) troubles.busy++
      else if (statusCode >= 500) troubles.failed++
      else return { made: statusCode === 200, body: JSON.parse(text) }
    } catch {
      troubles.lost++
    }
    return null
  }

  async function send(move: Sent) {
    move.answer = await ask(move)
    if (move.answer) {
      if (move.kind === 'earn' && move.answer.made) moves.bought(move)
      if (move.kind === 'leave' && move.answer.made) moves.asked(move)
      return
    }
    move.losses++
    await sleep(PAUSE_MS * (0.5 + Math.random()))
  }

  /** One client: every other request is one that has had no answer yet, as long as there is one; of many, every request. */
  async function client() {
    const unanswered: Sent[] = []
    for (let turn = 0; (open || unanswered.length > 0) && performance.now() < deadline; turn++) {
      const again = !open || turn % 2 === 0 || unanswered.length >= MOST_UNANSWERED ? unanswered.shift() : undefined
      const move = again ?? (open ? moves.next() : undefined)
      if (!move) continue
      if (!again) all.push(move)
      await send(move)
      if (!move.answer) unanswered.push(move)
    }
  }

  /** A move that was made gives the same answer in every repetition. */
  async function repeat(move: Sent) {
    for (let answer = await ask(move); performance.now() < deadline; answer = await ask(move)) {
      if (answer && !isSame(move, answer)) changed.push(`${nameOf(move)} was answered otherwise when it came again`)
      if (answer) return
      await sleep(PAUSE_MS)
    }
  }

  const working = Array.from({ length: clients }, client)
  return {
    sent: all,
    troubles,
    changed,
    finish: async () => {
      open = false
      deadline = performance.now() + FINISH_WITHIN_MS
      await Promise.all(working)
      const doubtful = all.filter(({ losses, answer }) => losses > 0 && answer?.made)
      await Promise.all(
        Array.from({ length: clients }, async () => {
          for (let move = doubtful.pop(); move; move = doubtful.pop()) await repeat(move)
        }),
      )
      await pool.close()
    },
  }
}

/**
 * A check-in repeated on its day answers that it was already made, and who has left meanwhile is told so; all other moves answer as
 * before.
 */
function isSame({ kind, answer }: Sent, again: Answer): boolean {
  if (kind === 'leave' || kind === 'stay') return again.made || GONE.includes(again.body.code)
  if (kind === 'check-in') return again.made && (again.body.already || again.body.on !== answer!.body.on)
  return again.made && isDeepStrictEqual(again.body, answer!.body)
}
