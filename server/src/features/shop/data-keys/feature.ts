import type { Feature } from '../../../feature.ts'
import { dataKeyJobs } from './jobs.ts'

export const dataKeys = { name: 'shop/data-keys', jobs: dataKeyJobs } as const satisfies Feature
