import { existsSync } from 'node:fs'
import { run } from './children.ts'

const lockWaitSeconds = 120

/** Whether Debian packages can be installed on this machine without a prompt. */
async function mayInstall(): Promise<boolean> {
  if (!existsSync('/usr/bin/apt-get')) return false
  if (process.getuid?.() === 0) return true
  return run(['sudo', '-n', 'true']).then(
    () => true,
    () => false,
  )
}

/**
 * Installs the first of the given sets whose packages all exist, and returns it; undefined where that is not possible without a
 * prompt (not Debian or Ubuntu, neither root nor password-less sudo). Throws `Trouble` when apt itself fails.
 */
export async function installPackages(sets: string[][]): Promise<string[] | undefined> {
  if (!(await mayInstall())) return undefined
  const known = (await firstKnown(sets)) ?? (await apt('update').then(() => firstKnown(sets)))
  if (!known) return undefined
  const install = ['install', '-y', '--no-install-recommends', ...known]
  // Package lists age: what they name may be gone from the mirror.
  await apt(...install).catch(() => apt('update').then(() => apt(...install)))
  return known
}

async function firstKnown(sets: string[][]) {
  for (const set of sets) {
    const policy = await run(['apt-cache', 'policy', ...set], { env: { ...process.env, LC_ALL: 'C' } })
    if ([...policy.matchAll(/Candidate: (?!\(none\))/g)].length === set.length) return set
  }
}

function apt(...args: string[]) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const settings = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1', 'LC_ALL=C']
  return run([...sudo, ...settings, 'apt-get', '-q', '-o', `DPkg::Lock::Timeout=${lockWaitSeconds}`, ...args], {
    advice: `Installing by the system's package manager failed; try it by hand: apt-get ${args.join(' ')}`,
  })
}
