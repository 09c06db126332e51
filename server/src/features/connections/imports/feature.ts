import type { Feature } from '../../../feature.ts'

export const imports = { name: 'connections/imports' } as const satisfies Feature
