import { type EnvironmentSetting, settings } from './settings.ts'

const head = `# Settings of Pointbook. Copy this file to .env in the project's root and fill in what production needs;
# the demo needs none of it. What the environment already holds wins over the file.
# Settings marked "secret" may come from a file each: NAME_FILE=/path/of/the/file, or a file called NAME in the folder of
# systemd's credentials (CREDENTIALS_DIRECTORY). Keep one of the ways.
`

/** The text of config/.env.example: what production needs is open to fill in, the rest shows its default. */
export function envExample(): string {
  const blocks = Object.entries<EnvironmentSetting>(settings).map(([name, setting]) => {
    const line = setting.needed ? `${name}=` : `# ${name}=${setting.otherwise ?? ''}`
    return `\n# ${setting.secret ? 'Secret. ' : ''}${setting.about}\n${line}\n`
  })
  return head + blocks.join('')
}
