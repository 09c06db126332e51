import { buildServed } from './builds.ts'

/** npm run build: builds what a production server runs, for a supervisor or an image that starts the server itself. */
export async function main(): Promise<number> {
  await buildServed()
  return 0
}
