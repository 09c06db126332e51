import type { Feature } from '../../../feature.ts'

export const audience = { name: 'members/audience' } as const satisfies Feature
