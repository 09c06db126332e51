import { execFile } from 'node:child_process'

/**
 * pnpm 11, for what the pnpm of the project lacks: the list of packages as an SBOM, and the registry's present way to ask for known
 * faults, which replaced the one that pnpm 10 knows. It installs nothing here and reads the same lockfile.
 */
const NEWER_PNPM = 'pnpm@11.28.10'

const MOST_OUTPUT = 64 * 2 ** 20

/** What pnpm prints; its exit code says only whether there is something to report. */
export function askPnpm(args: readonly string[]): Promise<{ out: string; err: string }> {
  // Otherwise it would fetch and become the version of package.json.
  const all = ['-y', NEWER_PNPM, '--pm-on-fail=ignore', ...args]
  return new Promise((resolve) => {
    execFile('npx', all, { maxBuffer: MOST_OUTPUT }, (_error, out, err) => resolve({ out, err }))
  })
}
