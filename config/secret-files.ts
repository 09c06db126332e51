import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { type SettingName, settingNames, settingOf } from './settings.ts'

type Source = Readonly<Record<string, string | undefined>>

interface SecretFiles {
  values: Partial<Record<SettingName, string>>
  /** One sentence each. */
  faults: string[]
  warnings: string[]
}

const OTHERS_READ = 0o004

/**
 * The secrets that come from files: `NAME_FILE` names one (Docker), or the folder that `CREDENTIALS_DIRECTORY` names has one called
 * `NAME` (systemd). The line end at the end of a file is not part of the secret.
 */
export function readSecretFiles(source: Source): SecretFiles {
  const found: SecretFiles = { values: {}, faults: [], warnings: [] }
  for (const name of settingNames.filter((name) => settingOf(name).secret)) readSecret(name, source, found)
  return found
}

function readSecret(name: SettingName, source: Source, found: SecretFiles) {
  const named = source[`${name}_FILE`]?.trim()
  const folder = source['CREDENTIALS_DIRECTORY']?.trim()
  const credential = folder && path.join(folder, name)
  const text = { named: named && textOf(named, found), credential: credential && textOf(credential, found) }
  if (named && text.named === null) found.faults.push(`${name}_FILE names ${named}, where there is no file`)
  const ways = [
    ...(source[name]?.trim() ? [`as ${name}`] : []),
    ...(text.named ? [`in ${named}`] : []),
    ...(text.credential ? [`in ${credential}`] : []),
  ]
  if (ways.length > 1) found.faults.push(`${name} is given ${ways.join(' and ')}: keep one of them`)
  const value = text.named || text.credential
  if (value) found.values[name] = value
}

/** Null for a file that is not there. */
function textOf(file: string, { faults, warnings }: SecretFiles): string | null {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    if (statSync(file).mode & OTHERS_READ)
      warnings.push(`${file} holds a secret and everybody on the machine can read it: chmod 400 ${file}`)
    return text
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    faults.push(`${file} holds a secret and cannot be read (${code}): give it to the user who runs Pointbook`)
    return ''
  }
}
