import { behind, knownFaults, NoAnswer } from '@pointbook/config/bootstrap/dependencies'
import { componentsIn } from '@pointbook/config/bootstrap/sbom'
import { describe, expect, it } from 'vitest'

const advisory = (module_name: string, severity: string, more = {}) => ({
  ...{ module_name, severity, title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-x' },
  ...{ patched_versions: '>=2.0.1', findings: [{ version: '2.0.0' }, { version: '2.0.0' }] },
  ...more,
})

describe('the known faults of packages (FS23)', () => {
  it('are listed, the gravest first, with the version that mends each', () => {
    const advisories = {
      1: advisory('b', 'low'),
      2: advisory('z', 'critical', { patched_versions: null }),
      3: advisory('a', 'low'),
    }
    expect(knownFaults(JSON.stringify({ advisories }))).toEqual([
      'critical: z 2.0.0: Prototype pollution (no version mends it yet) https://github.com/advisories/GHSA-x',
      'low: a 2.0.0: Prototype pollution (mended in >=2.0.1) https://github.com/advisories/GHSA-x',
      'low: b 2.0.0: Prototype pollution (mended in >=2.0.1) https://github.com/advisories/GHSA-x',
    ])
    expect(knownFaults('{"advisories":{}}')).toEqual([])
  })

  it.each([
    ['{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE","message":"responded with 405"}}', 'responded with 405'],
    ['', 'no answer'],
    ['getaddrinfo ENOTFOUND', 'getaddrinfo ENOTFOUND'],
    ['{}', 'the answer names no advisories'],
  ])('are unknown, not none, when the registry does not answer: %j', (printed, why) => {
    expect(() => knownFaults(printed)).toThrow(new NoAnswer(why))
  })
})

it('lists packages behind their newest version, with who uses them (FS23)', () => {
  const printed = {
    postcss: { current: '8.5.33', latest: '8.5.34', dependentPackages: [{ name: '@pointbook/miniprogram' }] },
    gone: { current: '1.0.0', latest: '1.0.0', isDeprecated: true, dependentPackages: [] },
  }
  expect(behind(JSON.stringify(printed))).toEqual([
    'postcss 8.5.33, newest 8.5.34 (@pointbook/miniprogram)',
    'gone 1.0.0, newest 1.0.0, given up by its authors ()',
  ])
  expect(() => behind('')).toThrow(NoAnswer)
})

it('takes only a list of packages for one (FS23)', () => {
  expect(componentsIn('{"bomFormat":"CycloneDX","components":[{},{}]}')).toBe(2)
  for (const text of ['', 'ERROR', '{"components":[]}', '{"bomFormat":"CycloneDX"}'])
    expect(componentsIn(text)).toBeNull()
})
