import type { Feature } from '../../../feature.ts'
import { previewRoutes } from './preview.ts'
import { clockRoutes } from './routes.ts'

export const demo = {
  name: 'shop/demo',
  routes: [
    (handle, server, _http, { jobs }) => clockRoutes(handle, server, jobs(server)),
    (_, server, http) => previewRoutes(http, server),
  ],
} as const satisfies Feature
