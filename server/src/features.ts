import type { FastifyInstance } from 'fastify'
import { checkInRoutes } from './features/check-ins/routes.ts'
import { expirePoints } from './features/points/jobs.ts'
import { pointsRoutes } from './features/points/routes.ts'
import type { House } from './outside.ts'
import type { Handle } from './platform/http.ts'
import type { OutboxHandler } from './platform/outbox.ts'
import type { Job } from './platform/schedule.ts'

// Every feature, in floor order: one uses only what stands above it in these lists, and hears of the others through the outbox.

export function registerRoutes(handle: Handle, house: House, _app: FastifyInstance) {
  pointsRoutes(handle, house)
  checkInRoutes(handle, house)
}

export const outboxHandlers = (_house: House): Record<string, OutboxHandler[]> => gather([])

export const jobs = (house: House): Job[] => [
  { name: 'expire-points', pattern: '5 0 * * *', run: () => expirePoints(house).then(() => {}) },
]

/** Several features may listen to one topic. */
function gather(all: Record<string, OutboxHandler>[]): Record<string, OutboxHandler[]> {
  const topics: Record<string, OutboxHandler[]> = {}
  for (const handlers of all) for (const [topic, handler] of Object.entries(handlers)) topics[topic] = [...(topics[topic] ?? []), handler]
  return topics
}
