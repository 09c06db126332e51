import { Refused } from '@pointbook/shared/client'
import { RELEASE, RELEASE_HEADER } from '@pointbook/shared/release'
import { accessToken, renew } from '../session/session'
import { wechat } from '../wechat'

/** Fetches a spreadsheet from our server and shows it. Throws `Refused`, or another error when no answer came. */
export async function openSpreadsheet(path: string): Promise<void> {
  const first = await fetchOnce(path)
  if (first.status !== 401) return requireSuccess(first)
  await renew()
  requireSuccess(await fetchOnce(path))
}

const fetchOnce = (path: string) =>
  wechat.openSpreadsheet(path, {
    [RELEASE_HEADER]: String(RELEASE),
    authorization: `Bearer ${accessToken() ?? ''}`,
  })

function requireSuccess({ status, body }: { status: number; body: unknown }) {
  if (status >= 200 && status < 300) return
  throw new Refused(status, typeof body === 'object' ? body : null)
}
