import { createContext } from 'react'

/** The draft's tiers, for a rule's conditions: the rule is edited in a form of its own that cannot see them. */
export const TierOptions = createContext<{ value: string; label: string }[]>([])
