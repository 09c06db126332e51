import { runOnProduct } from './script.ts'

/** npm run keys:rotate: seals personal data with the current secret. */
export function main(args: string[]) {
  return runOnProduct('server/src/rotate-keys.ts', args)
}
