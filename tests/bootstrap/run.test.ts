import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { requireFreePort } from '@pointbook/config/bootstrap/ports'
import { requireRoom } from '@pointbook/config/bootstrap/room'
import { expect, it } from 'vitest'

/** Output and exit code of a command of ours. */
function outcomeOf(args: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['config/bootstrap/run.mjs', ...args], { env: { ...process.env, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code: code ?? -1, output }))
  })
}

it('names the commands there are', async () => {
  const { code, output } = await outcomeOf(['frobnicate'], {})
  expect(code).toBe(1)
  expect(output).toContain('There is no command "frobnicate"; there are start, test, check')
})

it('names a busy port and the setting that moves it', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, resolve))
  const { port } = holder.address() as { port: number }
  await expect(requireFreePort(port, 'PORT')).rejects.toMatchObject({
    message: `Port ${port} is in use by another program.`,
    advice: expect.stringContaining(`PORT=${port + 1} npm start`),
  })
  holder.close()
})

it('starts nothing in production until every setting is there, and names all that are missing', async () => {
  const { code, output } = await outcomeOf(['start'], { NODE_ENV: 'production', SANDBOX_PORT: '8189' })
  expect(code).toBe(1)
  expect(output).toContain('- JWT_SECRET is missing')
  expect(output).toContain('- WECHAT_APP_ID is missing')
  expect(output).toContain('- SANDBOX_PORT is set')
  expect(output).not.toContain('✓ database')
})

it('refuses to begin on a full disk', async () => {
  await expect(requireRoom('.', Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    message: expect.stringContaining('The disk is full'),
    advice: expect.stringContaining('POINTBOOK_HOME'),
  })
})
