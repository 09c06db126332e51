import type { Policy } from '@pointbook/shared/contract/points/policy'
import { dayOf, type Instant, isInstant } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Fault } from '../../../core/policy-checks/faults.ts'
import { policyFaults } from '../../../core/policy-checks/policy-faults.ts'
import { promiseFaults } from '../../../core/policy-checks/promise-faults.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { isWaiting } from '../../shop/approvals/approvable.ts'
import { readApprovalRules } from '../../shop/approvals/rules.ts'
import { readStores } from '../../shop/stores/store.ts'
import { publishOrAsk } from './approval.ts'
import { dropPublishedDraft, readDraft, saveDraft } from './draft.ts'
import { preview } from './preview.ts'
import { latestVersion, type PolicyHead, policyInForce, readPolicy, readPolicyHeads } from './store.ts'
import { offersOf, ruleSections } from './words.ts'

export function policyRoutes(handle: Handle, server: Server) {
  const { db, book, clock, offsetMinutes } = server
  const today = () => dayOf(clock.now(), offsetMinutes)

  handle('GET /rules', async () => {
    const [{ version, effectiveAt, document }, stores] = await Promise.all([
      policyInForce(db, clock.now()),
      readStores(db),
    ])
    const storeName = (storeId: number) => stores.find(({ id }) => id === storeId)?.name ?? ''
    const sections = ruleSections(document, storeName, today())
    return { policyVersion: version, since: effectiveAt, offers: offersOf(document, today()), sections }
  })

  handle('GET /admin/policy', async () => {
    const [{ version, document }, latest, kept] = await Promise.all([
      policyInForce(db, clock.now()),
      latestVersion(db),
      readDraft(db),
    ])
    return {
      version,
      latest,
      inForce: document,
      draft: kept.draft,
      draftRevision: kept.revision,
      draftFaults: kept.draft ? await faultsNow(kept.draft) : [],
      draftSavedAt: kept.savedAt,
      draftSavedBy: kept.savedBy,
    }
  })

  handle('PUT /admin/policy/draft', async ({ input: { draft, revision }, caller }) => ({
    revision: await saveDraft(server, { draft, revision }, caller.name),
    faults: draft ? await faultsNow(draft) : [],
  }))

  handle('POST /admin/policy/preview', async ({ input: { policy, event } }) => preview(server, policy, event))

  handle('GET /admin/policies', async () => {
    const now = clock.now()
    const [{ version }, heads] = await Promise.all([policyInForce(db, now), readPolicyHeads(db)])
    return { rows: heads.map((head) => summaryOf(head, version, now)) }
  })

  handle('GET /admin/policies/:version', async ({ input }) => {
    const policyRow = await readPolicy(db, input.version)
    if (!policyRow) throw new Refusal('policy.unknown')
    const { document: policy, ...head } = policyRow
    return { ...(await summaryNow(head)), policy, warnings: await faultsNow(policy) }
  })

  handle('POST /admin/policies', async ({ input, caller }) => {
    const { policy, effectiveAt, basedOn } = input
    if (effectiveAt !== undefined && !isInstant(effectiveAt))
      throw new Refusal('input.invalid', { fields: [{ field: 'effectiveAt', text: '没有这个时间' }] })
    const actor = adminRef(caller.login)
    const { policy: demanded } = await readApprovalRules(db)
    const made = await book.make(publishOrAsk, { ...input, by: caller.name, actor, demanded })
    if (isWaiting(made)) return made
    const { version } = made
    await dropPublishedDraft(server, policy, caller.name)
    const [replaced, published] = await Promise.all([readPolicy(db, basedOn), readPolicy(db, version)])
    const warnings = [...policyFaults(policy), ...promiseFaults(replaced!.document, policy, today())]
    return { ...(await summaryNow(published!)), warnings }
  })

  /** The faults of a policy as successor of the one in force. */
  async function faultsNow(policy: Policy): Promise<Fault[]> {
    const { document: inForce } = await policyInForce(db, clock.now())
    return [...policyFaults(policy), ...promiseFaults(inForce, policy, today())]
  }

  async function summaryNow(head: PolicyHead) {
    const now = clock.now()
    return summaryOf(head, (await policyInForce(db, now)).version, now)
  }
}

function summaryOf(head: PolicyHead, inForce: number, now: Instant) {
  const { version, name, note, publishedAt, publishedBy, effectiveAt } = head
  const past = version === inForce ? 'in-force' : 'past'
  return {
    version,
    name,
    note,
    publishedAt,
    publishedBy: publishedBy === 'system' ? '系统' : publishedBy,
    effectiveAt,
    state: effectiveAt > now ? ('coming' as const) : (past as 'in-force' | 'past'),
  }
}
