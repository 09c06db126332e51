import { adminRef } from '@pointbook/shared/references'
import type { Handle } from '../../../platform/http.ts'
import { sha256 } from '../../../platform/secrets.ts'
import type { Server } from '../../../server.ts'
import { explanationLines } from '../../points/policy/explanation.ts'
import { readPolicy } from '../../points/policy/store.ts'
import { recordAct } from './acts.ts'
import { readProfile } from './traits.ts'

export function eventRoutes(handle: Handle, server: Server) {
  const { db, book } = server

  handle('POST /admin/members/:memberId/acts', async ({ input, caller: { login } }) => {
    const { memberId, trigger, code, note, requestId } = input
    const actor = adminRef(login)
    const profile = await readProfile(server, memberId)
    // A reference is shorter than a request id may be.
    const ref = sha256(requestId).slice(0, 32)
    const act = {
      memberId,
      trigger,
      code,
      ref,
      onceKey: `act-by-hand/${ref}`,
      amountFen: 0,
      quantity: 1,
      profile,
      actor,
      note,
    }
    const { points, balance, policyVersion, why } = await book.make(recordAct, act)
    return { points, balance, why: explanationLines(why, (await readPolicy(db, policyVersion))?.document) }
  })
}
