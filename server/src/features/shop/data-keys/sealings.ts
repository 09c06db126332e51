import { type RowId, type Sealing, sealWhatIsDue } from '../../../platform/sealing.ts'
import { readSetting, saveSetting } from '../../../platform/settings.ts'
import type { Outside } from '../../../server.ts'
import { apiKeySealing } from '../../connections/open-api/sealing.ts'
import { memberSealing } from '../../members/directory/sealing.ts'
import { guardianRequestSealing, guardianSealing } from '../../members/guardians/sealing.ts'
import { profileLogMasking } from '../../members/profile/log-masking.ts'
import { secondFactorSealing } from '../accounts/sealing.ts'

/** Every table with sealed values. */
export const sealings: readonly Sealing<RowId>[] = [
  memberSealing,
  guardianSealing,
  guardianRequestSealing,
  apiKeySealing,
  secondFactorSealing,
  profileLogMasking,
]

const DONE = 'personal-data.sealed'

/** Seals what the first release kept in the clear. Once all of it is sealed, it does nothing. Returns the number of rows. */
export async function sealFirstRelease(outside: Outside): Promise<number> {
  const { db, clock, log } = outside
  if (await readSetting(db, DONE)) return 0
  const { done, unreadable } = await sealWhatIsDue(outside, sealings, 'clear')
  if (unreadable.length > 0) log.error({ rows: unreadable }, 'personal data that could not be sealed')
  else await saveSetting(db, DONE, true, clock.now(), 'system')
  return done
}
