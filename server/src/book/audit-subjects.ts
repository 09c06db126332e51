import type { Blame } from './audit-member.ts'

/** What the checks across features find fault with. */
export type CrossSubject = 'members' | 'purchases' | 'orders' | 'stock' | 'merges'

export type CrossBlame = Blame<CrossSubject>
