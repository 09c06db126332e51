import { behind, knownFaults, NoAnswer } from './dependencies.ts'
import { askPnpm } from './newer-pnpm.ts'

/**
 * npm run deps: packages with known faults, and packages behind their newest version. Exit code 1 when a package that runs in a shop
 * has a known fault, 2 when the registry could not be asked for them.
 */
export async function main(): Promise<number> {
  const [shop, tools, outdated] = await Promise.all([
    askPnpm(['audit', '--prod', '--json']),
    askPnpm(['audit', '--dev', '--json']),
    askPnpm(['outdated', '--recursive', '--json']),
  ])
  const inShop = show('Known faults of packages that run in a shop', () => knownFaults(shop.out))
  show('Known faults of packages that only build and test', () => knownFaults(tools.out))
  show('Packages behind their newest version', () => behind(outdated.out))
  if (inShop === null) return 2
  return inShop > 0 ? 1 : 0
}

/** Prints a list, and gives its length; null for one that could not be had. */
function show(title: string, list: () => string[]): number | null {
  try {
    const lines = list()
    console.log(`\n${title}: ${lines.length || 'none'}`)
    for (const line of lines) console.log(`  ${line}`)
    return lines.length
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    console.log(`\n${title}: unknown, the registry could not be asked`)
    console.log(`  ${error.message}`)
    return null
  }
}
