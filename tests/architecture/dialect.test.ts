import { describe, expect, it } from 'vitest'
import { faultsOf } from '../statements/judge.ts'
import { rules } from '../statements/rules.ts'
import { shapesOf } from '../statements/shapes.mjs'

describe('the SQL that MySQL 8, MariaDB and TiDB share', () => {
  it.each(rules)('does not contain $what, which $lacks does not support', ({ lacks, what, refuses, admits }) => {
    expect(faultsOf(refuses).join()).toContain(`${lacks} lacks ${what}`)
    expect(faultsOf(admits).join()).not.toContain(what)
  })

  it.each([
    [
      'function',
      'SELECT JSON_DETAILED(`document`) FROM `policies`',
      'SELECT COALESCE(SUM(`points`)) FROM `points_lots`',
    ],
    ['collation', 'SELECT `name` COLLATE utf8mb4_uca1400_ai_ci', 'SELECT `name` COLLATE utf8mb4_general_ci'],
    ['character set', 'CREATE DATABASE a CHARACTER SET utf8mb3', 'CREATE DATABASE a CHARACTER SET utf8mb4'],
    ['variable', 'SET SESSION max_statement_time = ?', 'SET SESSION wait_timeout = ?'],
  ])('names no %s that has not been looked up', (what, unknown, known) => {
    expect(faultsOf(unknown)).toEqual([expect.stringMatching(`the ${what} .* is not known to be shared`)])
    expect(faultsOf(known)).toEqual([])
  })
})

describe('the log of statements', () => {
  it('contains no values and no list lengths, so that equal statements are logged once', () => {
    const shape = 'SELECT `a1` FROM `stores` WHERE `name` = ? AND `id` IN (?)'
    expect(
      shapesOf("SELECT `a1` FROM `stores`\n  WHERE `name` = 'It''s; \\'here\\'' AND `id` IN (1, 2.5, -3)"),
    ).toEqual([shape])
    expect(shapesOf("SELECT `a1` FROM `stores` WHERE `name` = '' AND `id` IN (4)")).toEqual([shape])
  })

  it('contains one row for an insert of several rows', () => {
    const insert = (rows: string) => shapesOf(`insert into \`cards\` (\`id\`, \`seal\`) values ${rows}`)
    expect(insert("(default, x'0af1'), (-1, null)")).toEqual(insert('(1, true)'))
  })

  it('contains each statement that was sent together with others', () => {
    expect(shapesOf('BEGIN;\n-- It is late.\nSELECT 1;COMMIT')).toEqual(['BEGIN', 'SELECT ?', 'COMMIT'])
  })
})
