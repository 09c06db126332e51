import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Child, stop } from '@pointbook/config/bootstrap/children'
import { prepareFolder } from '@pointbook/config/bootstrap/database-folder'
import { useDatabase } from '@pointbook/config/bootstrap/database-given'
import { startServer } from '@pointbook/config/bootstrap/database-process'
import { requireDatabaseProgram } from '@pointbook/config/bootstrap/database-program'
import { readDatabaseAddress } from '@pointbook/config/database-address'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import { awaitDatabase } from '@pointbook/server/platform/database/wait'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

// Certificates that last until 2120: `authority.pem` signed `here.pem`, which names localhost, and `away.pem`, which names another host.
const tls = path.resolve(import.meta.dirname, '../support/tls')
const folder = mkdtempSync(path.join(tmpdir(), 'pointbook-test-'))
let server: Child
let plainUrl: string

async function serve(certificate: string) {
  const program = await requireDatabaseProgram(() => {})
  const account = await prepareFolder(folder, program)
  const options = { ca: 'authority.pem', cert: certificate, key: 'database-key.pem' }
  const settings = Object.entries(options).map(([name, file]) => `--ssl-${name}=${path.join(tls, file)}`)
  server = await startServer(folder, program, account, false, settings)
  plainUrl = `mysql://pointbook:${account.password}@localhost:${account.port}/pointbook`
}

const by = (mode: string, authority?: string) =>
  `${plainUrl}?ssl-mode=${mode}${authority ? `&ssl-ca=${path.join(tls, authority)}` : ''}`

const opened: ReturnType<typeof openDatabase>[] = []
afterEach(async () => void (await Promise.all(opened.splice(0).map((one) => one.close()))))
afterAll(() => rmSync(folder, { recursive: true }))

/** The cipher of a connection of each of the server's pools. */
async function ciphers(url: string): Promise<string[]> {
  const databases = openDatabase(url)
  opened.push(databases)
  const ask = "SHOW SESSION STATUS LIKE 'Ssl_cipher'"
  const answers = [await databases.db.execute(sql.raw(ask)), await databases.bookPool.query(ask)]
  return answers.map(([rows]) => (rows as unknown as { Value: string }[])[0]!.Value)
}

/** The messages for those who start a server and those who run `npm start`. */
async function refusals(url: string): Promise<string[]> {
  const said = async (work: Promise<unknown>) =>
    work.then(
      () => '',
      (error) => error.faults?.join() ?? error.advice,
    )
  return [
    await said(awaitDatabase(url, { log: { warn: () => {} }, withinMs: 0 })),
    await said(useDatabase(url, () => {})),
  ]
}

describe('over TLS, a database whose certificate names it (FD12)', () => {
  beforeAll(() => serve('here.pem'))
  afterAll(() => stop(server))

  it.each([
    ['REQUIRED', undefined],
    ['VERIFY_CA', 'authority.pem'],
    ['VERIFY_IDENTITY', 'authority.pem'],
  ])('is used with ssl-mode=%s', async (mode, authority) => {
    const url = by(mode, authority)
    expect(await refusals(url)).toEqual(['', ''])
    for (const cipher of await ciphers(url)) expect(cipher).toMatch(/^(TLS|ECDHE)/)
  })

  it('is not asked for TLS without ssl-mode', async () => {
    expect(await ciphers(plainUrl)).toEqual(['', ''])
  })

  it.each(['VERIFY_CA', 'VERIFY_IDENTITY'])('is refused with ssl-mode=%s by another authority', async (mode) => {
    for (const authority of ['stranger.pem', undefined])
      for (const refusal of await refusals(by(mode, authority)))
        expect(refusal).toMatch(
          /HANDSHAKE_SSL_ERROR.*its certificate is not trusted; name the authority that signed it by ssl-ca in DATABASE_URL\.?$/,
        )
  })
})

describe('over TLS, a database whose certificate names another host (FD12)', () => {
  beforeAll(() => serve('away.pem'))
  afterAll(() => stop(server))

  it('is used when the name is not checked', async () => {
    for (const url of [by('REQUIRED'), by('VERIFY_CA', 'authority.pem')]) expect(await refusals(url)).toEqual(['', ''])
  })

  it('is refused with ssl-mode=VERIFY_IDENTITY', async () => {
    for (const refusal of await refusals(by('VERIFY_IDENTITY', 'authority.pem')))
      expect(refusal).toMatch(
        /its certificate is for another host; name the host as the certificate does, or use ssl-mode=VERIFY_CA\.?$/,
      )
  })
})

it('refuses VERIFY_IDENTITY with an IP address as host (FD12)', () => {
  for (const host of ['127.0.0.1', '[::1]', 'db.example:3306/pb?standby=10.0.0.7'])
    expect(() =>
      readDatabaseAddress(`mysql://u@${host}${host.includes('?') ? '&' : '/pb?'}ssl-mode=VERIFY_IDENTITY`),
    ).toThrow('has ssl-mode=VERIFY_IDENTITY, which checks names: write the name of the host in place of its number')
})
