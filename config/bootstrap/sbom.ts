import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { askPnpm } from './newer-pnpm.ts'
import { Trouble } from './step.mjs'

/** npm run sbom [-- --to FILE]: writes all packages of the lockfile, with their hashes, as CycloneDX JSON. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { to: { type: 'string', default: 'pointbook.cdx.json' } } })
  const wanted = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--lockfile-only']
  const { out, err } = await askPnpm(wanted)
  const components = componentsIn(out)
  if (components === null) throw new Trouble('The list of packages could not be made.', { output: err || out })
  writeFileSync(values.to, out)
  console.log(`${values.to}: ${components} packages`)
  return 0
}

/** The number of components of an SBOM; null for what is none. */
export function componentsIn(text: string): number | null {
  try {
    const { bomFormat, components } = JSON.parse(text)
    return bomFormat === 'CycloneDX' && Array.isArray(components) ? components.length : null
  } catch {
    return null
  }
}
