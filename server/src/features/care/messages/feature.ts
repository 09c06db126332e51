import type { Feature } from '../../../feature.ts'
import { messageHandlers } from './handlers.ts'
import { messageJobs } from './jobs.ts'
import { messagePersonal } from './personal.ts'
import { pushRoutes } from './push.ts'
import { messageRecord } from './record.ts'
import { messageRoutes } from './routes.ts'

export const messages = {
  name: 'care/messages',
  personal: messagePersonal,
  record: messageRecord,
  routes: [messageRoutes, (_, server, http) => pushRoutes(http, server)],
  handlers: messageHandlers,
  jobs: messageJobs,
} as const satisfies Feature
