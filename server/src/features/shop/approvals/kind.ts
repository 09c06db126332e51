import type { ActorRef } from '@pointbook/shared/references'
import type { DecisionContext, Move } from '../../../book/move.ts'
import type { Server } from '../../../server.ts'
import type { ApprovalRow, Figures, KindName, Outcome } from './tables.ts'

export interface Agreement {
  /** The member now: a merge may have changed it since. */
  memberId: number | null
  /** The name of the person who agreed, for the audit log; '' while nobody has. */
  byName: string
}

export interface Fact {
  label: string
  value: string
  /** The value before, where the operation changes it. */
  before: string | null
}

/** An operation that may need a second person. Its feature registers it in `feature.ts`. */
export interface ApprovalKind<Input, Done> {
  kind: KindName
  /** Carries it out, directly or after the approval. */
  move: Move<Input, Done>
  /** Why this input needs a second person, as a sentence of at most 100 characters; null when it does not. */
  because(input: Input, context: Pick<DecisionContext, 'policy'>): string | null
  /** Throws a Refusal for an input that needs a second person and cannot wait. */
  requireWaitable?(input: Input): void
  asked(input: Input): { asker: ActorRef; storeId: number | null; memberId: number | null; title: string }
  /** What is stored of an input: without what the person saw and what the settings said. */
  request(input: Input): Input
  /** The input that carries the operation out although it needed a second person. */
  approved(request: Input, agreement: Agreement): Input
  /** The figures that a decider confirms. */
  figures(input: Input, done: Done): Figures
  outcome(done: Done): Outcome
  /** What would happen, in words. `figures` are those of now, or of the request when it can no longer be carried out. */
  facts(server: Server, approval: ApprovalRow, request: Input, figures: Figures): Promise<Fact[]>
  /** Runs after it was carried out. */
  after?(server: Server, request: Input): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: the list holds kinds of every input; each was typed where it was made.
export type AnyApprovalKind = ApprovalKind<any, any>
