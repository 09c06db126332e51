import { Trouble } from './step.mjs'
import { main as test } from './test.ts'

/**
 * npm run fuzz [-- --minutes N] [--seed N]: requests generated from the contract, against a private shop; ten minutes by default.
 */
export async function main(args: string[]): Promise<number> {
  const minutes = numberOf(args, '--minutes') ?? 10
  process.env['POINTBOOK_FUZZ_SECONDS'] = String(minutes * 60)
  process.env['POINTBOOK_FUZZ_SEED'] = String(numberOf(args, '--seed') ?? Date.now() % 1_000_000_000)
  return test(['tests/fuzz'])
}

function numberOf(args: string[], name: string): number | undefined {
  if (!args.includes(name)) return undefined
  const value = Number(args[args.indexOf(name) + 1])
  if (!(value > 0)) throw new Trouble(`${name} takes a number above 0.`)
  return value
}
