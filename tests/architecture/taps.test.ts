import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const made = ['components/tap.tsx', 'components/button.tsx', 'wechat/index.h5.tsx', 'wechat/preview/sheets.tsx']

it('allows only `Tap` and `Button` to handle taps, because keys and screen readers find them as buttons (FW1)', () => {
  const listed = execFileSync('git', ['ls-files', 'miniprogram/src'], { cwd: root, encoding: 'utf8' })
  const screens = listed.split('\n').filter((file) => file.endsWith('.tsx') && !made.some((one) => file.endsWith(one)))
  expect(screens.length).toBeGreaterThan(50)
  const bare = (file: string) => /onClick=/.test(readFileSync(path.join(root, file), 'utf8'))
  expect(screens.filter(bare)).toEqual([])
})
