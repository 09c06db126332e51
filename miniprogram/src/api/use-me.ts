import { useStanding } from '../session/session'
import { call } from './call'
import { useLoad } from './use-load'

/** The member logged in; a visitor waits for ever. */
export function useMe() {
  const standing = useStanding()
  return useLoad(standing === 'member' ? () => call('GET /me') : null, [standing])
}
