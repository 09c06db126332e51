import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stopAll } from '@pointbook/config/bootstrap/children'
import { keepService } from '@pointbook/config/bootstrap/services'
import { afterAll, afterEach, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-services-'))
afterEach(stopAll)
afterAll(() => rmSync(folder, { recursive: true }))

const program = path.join(folder, 'service.mjs')
writeFileSync(
  program,
  `import { createServer } from 'node:http'
console.log('begins')
createServer((_, reply) => reply.end(String(process.pid))).listen(process.env.PORT)`,
)

async function aService() {
  const port = await freePort()
  const readyUrl = `http://localhost:${port}/`
  const logFile = path.join(folder, `${port}.log`)
  const env = { ...process.env, PORT: String(port) }
  const service = {
    name: 'service',
    command: [process.execPath, program],
    env,
    readyUrl,
    readyWithinMs: 20_000,
    logFile,
  }
  const said: string[] = []
  const limit = { most: 2, withinMs: 60_000, pauseMs: 10, say: (text: string) => void said.push(text) }
  const { lost } = await keepService(service, limit)
  const pid = async () => Number(await (await fetch(readyUrl)).text())
  return { lost, pid, said, logFile }
}

type Kept = Awaited<ReturnType<typeof aService>>

async function kill({ pid }: Kept) {
  const before = await pid()
  process.kill(before, 'SIGKILL')
  return before
}

const pidAfter = ({ pid }: Kept, before: number) =>
  expect.poll(() => pid().catch(() => before), { timeout: 20_000 }).not.toBe(before)

it('restarts a killed service, reports it, and continues its log (FO5)', async () => {
  const service = await aService()
  await pidAfter(service, await kill(service))
  expect(service.said).toEqual([
    'The service ended unexpectedly (signal SIGKILL). It is started again (1 of 2 times within 1 minutes).',
  ])
  expect(readFileSync(service.logFile, 'utf8')).toBe('begins\nbegins\n')
})

it('stops restarting a service that ends too often (FO5)', async () => {
  const service = await aService()
  for (let times = 0; times < 2; times++) await pidAfter(service, await kill(service))
  await kill(service)
  expect((await service.lost).message).toMatch(/\(signal SIGKILL\)\.$/)
  expect(service.said).toHaveLength(2)
})

it('does not restart a service that was stopped on request (FO5)', async () => {
  const service = await aService()
  await stopAll()
  await service.lost
  expect(service.said).toEqual([])
})
