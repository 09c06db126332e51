import { readFileSync } from 'node:fs'
import { filesNamed, needsOf, suites } from '@pointbook/config/bootstrap/suites'
import { describe, expect, it } from 'vitest'

describe('the test files that a command names', () => {
  it('are found by parts of their path, with or without the folder of all tests', () => {
    expect(filesNamed(['tests/core/tiers'])).toEqual(filesNamed(['core/tiers']))
    expect(filesNamed(['bootstrap/suites', '-t', 'path'])).toContain('tests/bootstrap/suites.test.ts')
    expect(filesNamed(['-t', 'no file is called like this'])).toBeUndefined()
  })

  it('make the command prepare only what they need', () => {
    const needs = (...args: string[]) => needsOf(filesNamed(args))
    expect(needs('core/tiers')).toEqual({ database: false, builtServer: false, allBuilds: false })
    expect(needs('server/earning')).toEqual({ database: true, builtServer: false, allBuilds: false })
    expect(needs('races/mall')).toEqual({ database: true, builtServer: true, allBuilds: false })
    expect(needs('core/tiers', 'journeys/joining')).toEqual({ database: true, builtServer: false, allBuilds: true })
    expect(needs()).toEqual({ database: true, builtServer: true, allBuilds: true })
  })

  it('that use a browser or a build have it prepared', () => {
    const opening = filesNamed(['.test.ts'])!.filter(
      (file) => !file.endsWith('/suites.test.ts') && /CHROMIUM_PATH|\/dist\b/.test(readFileSync(file, 'utf8')),
    )
    const needy = (file: string) => needsOf([file]).allBuilds || needsOf([file]).builtServer
    expect(opening.length).toBeGreaterThan(2)
    expect(opening.filter((file) => !needy(file))).toEqual([])
  })
})

it('has a line for each suite in the README of the tests', () => {
  const readme = readFileSync('tests/README.md', 'utf8')
  expect(suites.filter((suite) => !readme.includes(`| \`${suite}\``))).toEqual([])
})
