import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { auditLog } from './audit-log-table.ts'
import { logSecretOf } from './log-secret.ts'
import type { Transaction } from './pool.ts'

export type Line = typeof auditLog.$inferSelect
type Facts = Pick<Line, 'at' | 'actor' | 'action' | 'subject' | 'text' | 'detail'>

const MARK_BYTES = 8
const SEAL_BYTES = 32

/** HMAC-SHA256 with a key of the audit log's own. */
export const logHmac = (secret: string, facts: unknown): Buffer =>
  createHmac('sha256', `${secret}/audit-log`).update(JSON.stringify(facts)).digest()

/** What no lawful change touches of a line's seal: a random mark, by which a copied line is found. '' for a line without seal. */
export const markOf = ({ seal }: Pick<Line, 'seal'>): string => seal?.subarray(0, MARK_BYTES).toString('hex') ?? ''

/** The mark, then 24 bytes of an HMAC over the mark and all that the line says. Its id is not known yet when a line is written. */
function lineSeal(secret: string, mark: string, { at, actor, action, subject, text, detail }: Facts): Buffer {
  const hmac = logHmac(secret, [mark, at, actor, action, subject, text, detail])
  return Buffer.concat([Buffer.from(mark, 'hex'), hmac]).subarray(0, SEAL_BYTES)
}

/** A line with its seal. */
export const sealedLine = <Row extends Facts>(secret: string, row: Row): Row & { seal: Buffer } => ({
  ...row,
  seal: lineSeal(secret, randomBytes(MARK_BYTES).toString('hex'), row),
})

/** Whether a line is as the server wrote it, or lawfully changed it. */
export const isGenuine = (secret: string, line: Line): boolean =>
  line.seal !== null && timingSafeEqual(line.seal, lineSeal(secret, markOf(line), line))

/** Changes the words of a line and seals it anew. A line that somebody has edited does not become genuine by this. */
export async function rewriteLine(tx: Transaction, line: Line, words: Pick<Line, 'text' | 'detail'>): Promise<void> {
  const secret = logSecretOf(tx)
  const changed = { ...line, ...words }
  const seal = isGenuine(secret, line) ? lineSeal(secret, markOf(line), changed) : line.seal
  await tx
    .update(auditLog)
    .set({ ...words, seal })
    .where(eq(auditLog.id, line.id))
}
