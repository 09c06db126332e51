import { addDays, dayOf, startOf } from '@pointbook/shared/day'
import { eq, inArray } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'
import { memberNo } from '../../members/directory/words.ts'
import { isMerged } from '../../members/identities/store.ts'
import { mergedMembersTable } from '../../members/identities/tables.ts'
import { openCasesOf } from '../cases/store.ts'
import { readDelays } from './delays.ts'
import { purchaseDetectors } from './purchases.ts'
import { referralDetectors } from './referrals.ts'

const detectors = [...purchaseDetectors, ...referralDetectors]

export function anomalyRoutes(handle: Handle, { db, clock, offsetMinutes }: Server) {
  handle('GET /admin/anomalies', async ({ input: { days = 7 } }) => {
    const now = clock.now()
    const since = startOf(addDays(dayOf(now, offsetMinutes), 1 - days), offsetMinutes)
    const span = { since, now, offsetMinutes }
    const [delays, ...results] = await Promise.all([
      readDelays(db, now, since),
      ...detectors.map(async ({ kind, title, find }) =>
        (await find(db, span)).map((finding) => ({ kind, title, ...finding })),
      ),
    ])
    const findings = results.flat().sort((a, b) => b.at.localeCompare(a.at))
    const memberIds = [...new Set(findings.map(({ memberId }) => memberId))]
    const [people, running] = await Promise.all([readPeople(db, memberIds), openCasesOf(db, memberIds)])
    const rows = findings.flatMap((finding, index) => {
      const person = people.get(finding.memberId)
      if (!person) return []
      return { id: `${finding.kind}-${index}`, ...finding, ...person, caseId: running.get(finding.memberId) ?? null }
    })
    return { since, rows, delays }
  })
}

async function readPeople(db: Database, memberIds: number[]) {
  if (memberIds.length === 0) return new Map()
  const rows = await db
    .select({
      id: members.id,
      nickname: members.nickname,
      avatarUrl: members.avatarUrl,
      standing: pointsAccounts.standing,
      merged: isMerged,
    })
    .from(members)
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, members.id))
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, members.id))
    .where(inArray(members.id, memberIds))
  return new Map(rows.map(({ id, ...person }) => [id, { memberNo: memberNo(id), ...person }]))
}
