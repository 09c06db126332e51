import type { FastifyInstance } from 'fastify'
import type { Server } from '../../../server.ts'

/** The data that the browser preview of the mini-program needs to simulate a phone. */
export function previewRoutes(http: FastifyInstance, { env }: Server) {
  if (env.mode === 'production') return
  const { reminderTemplateId, pickupTemplateId } = env.wechat
  const preview = {
    sandboxUrl: `http://localhost:${env.sandboxPort}`,
    reminderTemplateId,
    pickupTemplateId,
    demo: true,
  }
  http.get('/m/preview.json', { schema: { hide: true } }, async () => preview)
}
