import type { Fault, World } from './types.ts'

export function takeFault(world: World, path: string): Fault | undefined {
  const fault = world.faults.find((one) => one.path === path || one.path === '*')
  if (!fault) return undefined
  fault.times -= 1
  world.faults = world.faults.filter((one) => one.times > 0)
  return fault
}
