import type { Feature } from '../../../feature.ts'
import { pictureHandlers, pictureJobs } from './pictures.ts'

export const files = { name: 'shop/files', handlers: pictureHandlers, jobs: pictureJobs } as const satisfies Feature
