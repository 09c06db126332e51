import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

// The server, and the threads for back-tests and for spreadsheets, as plain JavaScript. What npm installs stays where it is; our own
// packages, which have no build of their own, go in.
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const installed = Object.keys(dependencies).filter((name) => !name.startsWith('@pointbook/'))

await build({
  entryPoints: [
    'src/main.ts',
    'src/features/points/back-test/worker.ts',
    'src/features/members/privacy/spreadsheet-thread.ts',
  ],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: true,
  external: installed.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
})
