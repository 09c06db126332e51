import { seedPeople } from './people.ts'
import { defaultQuotas } from './quotas.ts'
import type { SandboxSettings, State, World } from './types.ts'

export function createWorld(settings: SandboxSettings): World {
  const clock = settings.clock ?? Date.now
  const world: World = {
    ...beginning(settings),
    settings,
    now: () => clock() + world.clockOffsetMs,
    changed: () => {},
    closed: false,
  }
  return world
}

/** As on the first day. */
export function beginning(settings: SandboxSettings): State {
  return {
    clockOffsetMs: 0,
    people: seedPeople(settings.appId),
    messages: [],
    codes: new Map(),
    tokens: [],
    forcedAtMs: [],
    faults: [],
    quotas: structuredClone(defaultQuotas),
    usage: new Map(),
    pushes: [],
    pushMode: { secure: settings.pushAesKey !== '', format: 'json' },
    journal: [],
  }
}
