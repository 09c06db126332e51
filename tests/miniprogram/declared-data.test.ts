import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { declaredUses, privacyKinds } from '@pointbook/shared/wechat-privacy'
import { expect, it } from 'vitest'

const built = path.resolve(import.meta.dirname, '../../miniprogram/dist/weapp')

/** The scripts of the build; Taro's own only lists the name of every interface. */
const scripts = readdirSync(built, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && entry.name !== 'taro.js')
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))

/** Whether a script calls the interface, or has a button or an input of that kind. */
const uses = (name: string) => new RegExp(`\\.${name}\\(|(openType|type):"${name}"`)

it('declares to WeChat just the personal data that the build asks WeChat for (Law12)', () => {
  const used = Object.entries(privacyKinds)
    .filter(([, { interfaces }]) => interfaces.some((name) => scripts.some((script) => uses(name).test(script))))
    .map(([kind]) => kind)
  expect(used).toEqual(Object.keys(declaredUses))
})
