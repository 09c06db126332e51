import type { Preset } from '@pointbook/config/policies/make'
import { type Day, dayOf } from '@pointbook/shared/day'
import type { House } from '../../../outside.ts'
import type { Handle } from '../../../platform/http.ts'
import { preview } from './preview.ts'

/** Offers the presets, with what their examples earn by the very code that reckons real ones. */
export function presetRoutes(handle: Handle, house: House, presets: (today: Day) => Preset[]) {
  handle('GET /admin/policy/presets', async () => ({
    rows: presets(dayOf(house.clock.now(), house.offsetMinutes)).map(({ examples, ...preset }) => ({
      ...preset,
      examples: examples.map((example) => ({ ...example, ...preview(house, preset.policy, example.event) })),
    })),
  }))
}
