import type { FastifyInstance } from 'fastify'
import type { Server } from '../../../server.ts'

/** What the browser preview of the mini-program must know to play a phone. */
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
