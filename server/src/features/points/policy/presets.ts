import type { Preset } from '@pointbook/config/policies/make'
import { type Day, dayOf } from '@pointbook/shared/day'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { preview } from './preview.ts'

/** Offers the presets, with what their examples earn by the very code that reckons real ones. */
export function presetRoutes(handle: Handle, server: Server, presets: (today: Day) => Preset[]) {
  handle('GET /admin/policy/presets', async () => ({
    rows: presets(dayOf(server.clock.now(), server.offsetMinutes)).map(({ examples, ...preset }) => ({
      ...preset,
      examples: examples.map((example) => ({ ...example, ...preview(server, preset.policy, example.event) })),
    })),
  }))
}
