import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readDatabaseAddress } from '@pointbook/config/database-address'
import { EnvFaults, readEnv } from '@pointbook/config/env'
import { envExample } from '@pointbook/config/env-example'
import { ownAddress } from '@pointbook/config/own-address'
import { afterAll, describe, expect, it } from 'vitest'

const live = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://points.example.com/',
  JWT_SECRET: 'j'.repeat(32),
  SEAL_SECRET: 's'.repeat(32),
  MEMBER_CODE_SECRET: 'm'.repeat(32),
  DATA_SECRET: 'd'.repeat(32),
  ADMIN_LOGIN: 'owner',
  ADMIN_PASSWORD: 'correct horse battery',
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'f'.repeat(32),
  WECHAT_PUSH_TOKEN: 'token',
  WECHAT_PUSH_AES_KEY: 'k'.repeat(43),
}

function faultsOf(source: Record<string, string>) {
  try {
    readEnv(source)
  } catch (error) {
    if (error instanceof EnvFaults) return error.faults
    throw error
  }
  return []
}

describe('the demo', () => {
  it('needs no settings at all', () => {
    const env = readEnv({})
    expect(env).toMatchObject({ mode: 'demo', port: 8080, sandboxPort: 8090, publicUrl: 'http://localhost:8080' })
    expect(env.wechat.apiUrl).toBe('http://localhost:8090')
  })

  it('uses the given ports', () => {
    const env = readEnv({ PORT: '8180', SANDBOX_PORT: '8189' })
    expect([env.publicUrl, env.wechat.apiUrl]).toEqual(['http://localhost:8180', 'http://localhost:8189'])
  })

  it('treats an empty setting as absent', () => {
    expect(readEnv({ PORT: '', JWT_SECRET: ' ' })).toEqual(readEnv({}))
  })

  it('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'eighty', DATABASE_URL: 'postgres://x/y', SHOP_OFFSET: '8', JWT_SECRET: 'short' })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'SHOP_OFFSET', 'JWT_SECRET'])
  })

  it('refuses the same port for the server and the sandbox', () => {
    expect(faultsOf({ PORT: '8090' })).toEqual(['PORT and SANDBOX_PORT must differ'])
  })
})

describe('the address that the port is opened on', () => {
  it.each([
    [{}, 'localhost', 'http://localhost:8080'],
    [{ HOST: '0.0.0.0' }, '0.0.0.0', 'http://localhost:8080'],
    [{ HOST: '::' }, '::', 'http://localhost:8080'],
    [{ HOST: '127.0.0.1' }, '127.0.0.1', 'http://127.0.0.1:8080'],
    [{ HOST: '::1', PORT: '8180' }, '::1', 'http://[::1]:8180'],
    [live, '0.0.0.0', 'http://localhost:8080'],
    [{ ...live, HOST: '127.0.0.1' }, '127.0.0.1', 'http://127.0.0.1:8080'],
  ])('with %j is %s, and this machine reaches it at %s', (source, host, address) => {
    const env = readEnv(source)
    expect(env.host).toBe(host)
    expect(ownAddress(env)).toBe(address)
    if (!('NODE_ENV' in source)) expect(env.publicUrl).toBe(address)
  })

  it.each(['shop.example', '0', '127.0.0.1:8080', '[::1]', '*', 'fe80::1%eth0'])('may not be %j', (value) => {
    expect(faultsOf({ HOST: value })).toEqual([expect.stringMatching(/^HOST must be an address of this machine/)])
  })
})

describe('the trusted proxies (FS2)', () => {
  it.each([
    ['', 0],
    ['2', 2],
    ['127.0.0.1', ['127.0.0.1']],
    ['10.0.0.0/8, fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
  ])('may be %j', (value, proxies) => {
    expect(readEnv({ TRUSTED_PROXIES: value }).trustedProxies).toEqual(proxies)
  })

  it.each([
    'true',
    '0',
    '10',
    '-1',
    'nginx',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0.0/',
    '127.0.0.1,',
    '::1/129',
    '1/2/3',
  ])('may not be %j', (value) => {
    expect(faultsOf({ TRUSTED_PROXIES: value })).toEqual([expect.stringMatching(/^TRUSTED_PROXIES must be /)])
  })
})

describe('production', () => {
  it('accepts a complete set of settings, with the real WeChat', () => {
    const env = readEnv(live)
    expect(env).toMatchObject({ mode: 'production', publicUrl: 'https://points.example.com' })
    expect(env.wechat.apiUrl).toBe('https://api.weixin.qq.com')
  })

  it('names every setting that is missing', () => {
    const missing = faultsOf({ NODE_ENV: 'production' }).map((fault) => fault.split(' ')[0])
    expect(missing.sort()).toEqual(Object.keys(live).slice(1).sort())
  })

  it('refuses every demo value and names each setting', () => {
    const demo = readEnv({})
    const faults = faultsOf({
      ...live,
      JWT_SECRET: demo.secrets.jwtSecret,
      SEAL_SECRET: demo.secrets.sealSecret,
      MEMBER_CODE_SECRET: demo.secrets.codeSecret,
      DATA_SECRET: demo.secrets.dataSecret,
      ADMIN_PASSWORD: demo.adminPassword,
      WECHAT_APP_ID: demo.wechat.appId,
      WECHAT_PUSH_TOKEN: demo.wechat.pushToken,
      WECHAT_TEMPLATE_EXPIRY: demo.wechat.reminderTemplateId,
    })
    expect(faults).toHaveLength(8)
    for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+ still has its demo value$/)
  })

  it.each([
    'https://shop.example/points/',
    'https://shop.example/points',
    'https://shop.example//x',
    'https://shop.example/?a=1',
    'https://shop.example/#a',
    'https://owner:secret@shop.example',
  ])('refuses %s, where the panel would stay blank, and says what to write (FO3)', (address) => {
    expect(faultsOf({ ...live, PUBLIC_URL: address })).toEqual([
      expect.stringContaining('PUBLIC_URL must end after the host: write https://shop.example, and give'),
    ])
  })

  it('accepts an address with a port, or with a slash at its end (FO3)', () => {
    for (const address of ['https://shop.example:8443', 'https://shop.example/', 'https://shop.example//'])
      expect(readEnv({ ...live, PUBLIC_URL: address }).publicUrl).toBe(address.replace(/\/+$/, ''))
  })

  it('recognises https in upper and lower case, so that cookie and headers are those of TLS (FS13)', () => {
    for (const address of ['HTTPS://Shop.Example', 'https:shop.example', 'https://shop.example:443/'])
      expect(readEnv({ ...live, PUBLIC_URL: address }).publicUrl).toBe('https://shop.example')
  })

  it('refuses an address without TLS (FS13)', () => {
    for (const address of ['http://shop.example', 'HTTP://shop.example', 'http://localhost:8080'])
      expect(faultsOf({ ...live, PUBLIC_URL: address })).toEqual([
        'PUBLIC_URL must be https in production: log-ins would travel in clear',
      ])
  })

  it('refuses equal secrets and names each group once (FS13)', () => {
    const same = 'one-secret-for-everything-in-this-shop'
    expect(
      faultsOf({ ...live, JWT_SECRET: same, SEAL_SECRET: same, MEMBER_CODE_SECRET: same, DATA_SECRET: same }),
    ).toEqual(['JWT_SECRET, SEAL_SECRET, MEMBER_CODE_SECRET, DATA_SECRET have the same value: each needs its own'])
    const two = { JWT_SECRET: same, METRICS_TOKEN: same, WECHAT_PUSH_TOKEN: live.WECHAT_APP_SECRET }
    expect(faultsOf({ ...live, ...two })).toEqual([
      'JWT_SECRET, METRICS_TOKEN have the same value: each needs its own',
      'WECHAT_APP_SECRET, WECHAT_PUSH_TOKEN have the same value: each needs its own',
    ])
  })

  it.each([
    'password1234',
    'Password1234!',
    'passwordpassword',
    'P@ssw0rd1234',
    '123456789012',
    '098765432109',
    'aaaaaaaaaaaa',
    'abababababab',
    'abcdefghijkl',
    'qwertyuiop12',
    'Qwerty123456',
    '1qaz2wsx3edc',
    'adminadmin12',
    'administrator1',
    'letmein12345',
    'iloveyou1234',
    'woaini5201314',
    'pointbook2026',
    'owner-owner-1',
    'changeme1234',
  ])('refuses the password %s (FS13)', (password) => {
    expect(faultsOf({ ...live, ADMIN_PASSWORD: password })).toEqual([
      'ADMIN_PASSWORD is among the most used passwords or close to one: take a longer one of your own',
    ])
  })

  it.each([
    'correct horse battery',
    'x7#k2!m9$p4&',
    '4f81027936a5',
    'Kaffee-um-halb-acht',
    '咖啡豆每天早上七点半现磨好',
    '83920174650192',
  ])('takes the password %s', (password) => {
    expect(faultsOf({ ...live, ADMIN_PASSWORD: password })).toEqual([])
  })

  it('refuses the sandbox', () => {
    expect(faultsOf({ ...live, SANDBOX_PORT: '8090' })).toEqual([expect.stringContaining('SANDBOX_PORT is set')])
    expect(faultsOf({ ...live, WECHAT_API_URL: 'http://localhost:8090' })).toEqual([
      'WECHAT_API_URL must be https in production',
      'WECHAT_API_URL points at a sandbox',
    ])
  })
})

describe('a secret in a file (FS22)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  function aFile(name: string, text: string, mode = 0o400) {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    chmodSync(file, mode)
    return file
  }

  it('is read from the file that NAME_FILE names, without the line end', () => {
    const { SEAL_SECRET, ...rest } = live
    const file = aFile('seal', `${SEAL_SECRET}\n`)
    const env = readEnv({ ...rest, SEAL_SECRET_FILE: file })
    expect([env.secrets.sealSecret, env.warnings]).toEqual([SEAL_SECRET, []])
    expect(readEnv({ ...rest, SEAL_SECRET_FILE: aFile('crlf', `${SEAL_SECRET}\r\n`) }).secrets.sealSecret).toBe(
      SEAL_SECRET,
    )
  })

  it('is read from the folder of credentials of systemd, every one', () => {
    const credentials = path.join(folder, 'credentials')
    mkdirSync(credentials)
    const names = Object.keys(live).filter((name) => /SECRET|PASSWORD|TOKEN|KEY/.test(name)) as (keyof typeof live)[]
    expect(names).toHaveLength(8)
    for (const name of names) writeFileSync(path.join(credentials, name), live[name], { mode: 0o400 })
    const rest = Object.entries(live).filter(([name]) => !names.includes(name as never))
    expect(readEnv({ ...Object.fromEntries(rest), CREDENTIALS_DIRECTORY: credentials })).toEqual(readEnv(live))
  })

  it('is refused when it is given twice, with the ways', () => {
    const file = aFile('JWT_SECRET', live.JWT_SECRET)
    expect(faultsOf({ ...live, JWT_SECRET_FILE: file })).toEqual([
      `JWT_SECRET is given as JWT_SECRET and in ${file}: keep one of them`,
    ])
    const { JWT_SECRET: _, ...rest } = live
    expect(faultsOf({ ...rest, JWT_SECRET_FILE: file, CREDENTIALS_DIRECTORY: folder })).toEqual([
      `JWT_SECRET is given in ${file} and in ${file}: keep one of them`,
    ])
  })

  it('is a fault when the file is not there or cannot be read, and keeps all checks', () => {
    const { DATA_SECRET: _, ...rest } = live
    const gone = path.join(folder, 'gone')
    expect(faultsOf({ ...rest, DATA_SECRET_FILE: gone })).toEqual([
      `DATA_SECRET_FILE names ${gone}, where there is no file`,
      expect.stringMatching(/^DATA_SECRET is missing/),
    ])
    expect(faultsOf({ ...rest, DATA_SECRET_FILE: folder })).toContain(
      `${folder} holds a secret and cannot be read (EISDIR): give it to the user who runs Pointbook`,
    )
    expect(faultsOf({ ...rest, DATA_SECRET_FILE: aFile('short', 'short') })).toEqual([
      'DATA_SECRET needs at least 32 characters',
    ])
    expect(faultsOf({ ...rest, DATA_SECRET_FILE: aFile('same', live.SEAL_SECRET) })).toEqual([
      'SEAL_SECRET, DATA_SECRET have the same value: each needs its own',
    ])
  })

  it('is warned of when others may read it', () => {
    const { DATA_SECRET, ...rest } = live
    const file = aFile('open', DATA_SECRET, 0o444)
    expect(readEnv({ ...rest, DATA_SECRET_FILE: file }).warnings).toEqual([
      `${file} holds a secret and everybody on the machine can read it: chmod 400 ${file}`,
    ])
  })

  it('completes the address of the database, whatever characters it has', () => {
    const DATABASE_PASSWORD_FILE = aFile('password', 'p@ss:w/rd?%41#\n')
    const { databaseUrl } = readEnv({
      ...live,
      DATABASE_URL: 'mysql://shop@db:3306/shop?ssl-mode=REQUIRED',
      DATABASE_PASSWORD_FILE,
    })
    expect(readDatabaseAddress(databaseUrl!)).toMatchObject({
      user: 'shop',
      password: 'p@ss:w/rd?%41#',
      database: 'shop',
    })
    expect(faultsOf({ ...live, DATABASE_URL: 'mysql://shop:other@db/shop', DATABASE_PASSWORD_FILE })).toEqual([
      'DATABASE_PASSWORD is set, but DATABASE_URL has a password already: keep one of them',
    ])
  })
})

it('shows every setting in .env.example', () => {
  const example = readFileSync(new URL('../../config/.env.example', import.meta.url), 'utf8')
  expect(example).toBe(envExample())
})
