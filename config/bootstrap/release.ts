import { runScript } from './script.ts'

/** npm run release:inputs: keeps what this release's mini-program and other systems can send, for the release after it. */
export const main = (args: string[]) => runScript('tests/releases/write.ts', args, process.env)
