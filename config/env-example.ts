import { type EnvironmentSetting, settings } from './settings.ts'

const head = `# Settings of Pointbook. Copy this file to .env in the project's root and fill in what production needs;
# the demo needs none of it. What the environment already holds wins over the file.
`

/** The text of config/.env.example: what production needs is open to fill in, the rest shows its default. */
export function envExample(): string {
  const blocks = Object.entries<EnvironmentSetting>(settings).map(([name, setting]) => {
    const line = setting.needed ? `${name}=` : `# ${name}=${setting.otherwise ?? ''}`
    return `\n# ${setting.about}\n${line}\n`
  })
  return head + blocks.join('')
}
