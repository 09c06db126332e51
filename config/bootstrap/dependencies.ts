/** A fault of a package that the registry knows. */
interface Advisory {
  module_name: string
  severity: string
  title: string
  url: string
  patched_versions?: string | null
  findings?: readonly { version: string }[]
}

interface Outdated {
  current?: string
  latest: string
  isDeprecated?: boolean
  dependentPackages?: readonly { name: string }[]
}

/** The answer could not be read, with the registry's own words. */
export class NoAnswer extends Error {}

const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info']

/** The known faults that `pnpm audit --json` names, the gravest first, one line each. Throws `NoAnswer`. */
export function knownFaults(printed: string): string[] {
  const { advisories } = answerIn<{ advisories?: { [id: string]: Advisory } }>(printed)
  if (!advisories) throw new NoAnswer('the answer names no advisories')
  const rank = ({ severity }: Advisory) => (SEVERITIES.indexOf(severity) + SEVERITIES.length) % SEVERITIES.length
  return Object.values(advisories)
    .sort((a, b) => rank(a) - rank(b) || a.module_name.localeCompare(b.module_name))
    .map(({ module_name, severity, title, url, patched_versions, findings = [] }) => {
      const versions = [...new Set(findings.map(({ version }) => version))].join(', ')
      const mended = patched_versions ? `mended in ${patched_versions}` : 'no version mends it yet'
      return `${severity}: ${module_name} ${versions}: ${title} (${mended}) ${url}`
    })
}

/** The packages that `pnpm outdated --json` names, one line each. Throws `NoAnswer`. */
export function behind(printed: string): string[] {
  return Object.entries(answerIn<{ [name: string]: Outdated }>(printed)).map(
    ([name, { current = 'none', latest, isDeprecated, dependentPackages = [] }]) =>
      `${name} ${current}, newest ${latest}${isDeprecated ? ', given up by its authors' : ''} (${dependentPackages.map(({ name }) => name).join(', ')})`,
  )
}

function answerIn<T extends object>(printed: string): T {
  let answer: (T & { error?: { message?: string } }) | null = null
  try {
    answer = JSON.parse(printed)
  } catch {
    // No answer, or words instead of JSON.
  }
  if (!answer || answer.error) throw new NoAnswer(answer?.error?.message ?? (printed.trim() || 'no answer'))
  return answer
}
