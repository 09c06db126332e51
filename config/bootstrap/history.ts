import { runOnProduct } from './script.ts'

/** npm run history -- FILE: takes a purchase history through the book. */
export function main(args: string[]) {
  return runOnProduct('server/src/features/connections/imports/history.ts', args)
}
