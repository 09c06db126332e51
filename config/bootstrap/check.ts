import { availableParallelism } from 'node:os'
import path from 'node:path'
import { run } from './children.ts'
import { step } from './step.mjs'

const bin = (name: string) => path.resolve('node_modules/.bin', name)
const cache = path.resolve('node_modules/.cache/pointbook')

const packages = ['miniprogram', 'server', 'server/panel', 'tests', 'config', 'shared']

const checks = [
  ...packages.map((folder) => ({ name: `types ${folder}`, command: typesOf(folder) })),
  { name: 'unused code', command: [bin('knip'), '--no-progress'] },
  { name: 'style', command: [bin('biome'), 'check'] },
]

/** npm run check: types, unused code and style, one process per core. */
export async function main(): Promise<number> {
  const waiting = [...checks]
  const failures: unknown[] = []
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, command } = check
      await step(name, () => run(command)).catch((error) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  for (const failure of failures) console.error((failure as { output?: string }).output || failure)
  return failures.length === 0 ? 0 : 1
}

function typesOf(folder: string) {
  const memory = path.join(cache, `${folder.replace('/', '-')}.tsbuildinfo`)
  return [
    bin('tsc'),
    '--noEmit',
    '--pretty',
    String(process.stdout.isTTY === true),
    '--incremental',
    '--tsBuildInfoFile',
    memory,
    '-p',
    folder,
  ]
}
