import { isCommonPassword } from '@pointbook/shared/common-password'
import { ownAddress } from './own-address.ts'
import { readSecretFiles } from './secret-files.ts'
import { type SettingName, settingNames, settingOf, settings } from './settings.ts'

export type Mode = 'demo' | 'production' | 'test'

export interface Env {
  mode: Mode
  /** What is unsafe and not refused, one sentence each. */
  warnings: string[]
  port: number
  /** The address that the port is opened on. */
  host: string
  /** Unused in production, where there is no sandbox. */
  sandboxPort: number
  /** The configured data folder, relative to the working directory or absolute. */
  home: string
  /** Undefined when Pointbook runs a private database; the server process always has an address. */
  databaseUrl: string | undefined
  /** Of a user who may change tables; undefined when `databaseUrl` is such a user's. */
  databaseAdminUrl: string | undefined
  /** No slash at the end. */
  publicUrl: string
  /** The number of trusted proxies in a row, or their addresses and networks; 0 for none. */
  trustedProxies: number | string[]
  /** Offset from UTC of the shop's business day, such as +08:00. */
  shopOffset: string
  secrets: { jwtSecret: string; sealSecret: string; codeSecret: string; dataSecret: string; dataSecretOld: string }
  adminLogin: string
  adminPassword: string
  /** Empty: the metrics of a production server cannot be read. */
  metricsToken: string
  /** An empty key: backups are not encrypted. An empty folder: the default place. */
  backup: { key: string; folder: string }
  wechat: {
    appId: string
    appSecret: string
    /** No slash at the end. */
    apiUrl: string
    pushToken: string
    pushAesKey: string
    /** Empty when the shop has no such template. */
    reminderTemplateId: string
    pickupTemplateId: string
    miniprogramState: 'formal' | 'trial' | 'developer'
  }
}

/** All faults of the settings, one sentence each, with the name of the setting. */
export class EnvFaults extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(`These settings need attention:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'EnvFaults'
    this.faults = faults
  }
}

type Source = Readonly<Record<string, string | undefined>>

export function modeOf(source: Source): Mode {
  if (source.NODE_ENV === 'production') return 'production'
  return source.NODE_ENV === 'test' ? 'test' : 'demo'
}

/** Turns `process.env` into an `Env`. An empty value counts as absent; a secret may come from a file. Throws `EnvFaults` with every fault at once. */
export function readEnv(source: Source, { mode }: { mode: Mode } = { mode: modeOf(source) }): Env {
  const files = readSecretFiles(source)
  const value = (name: SettingName) => source[name]?.trim() || files.values[name] || defaultOf(name, mode)
  const faults = [...files.faults, ...settingNames.flatMap((name) => faultOf(name, value(name), mode) ?? [])]
  if (value('DATABASE_PASSWORD') && hasPassword(value('DATABASE_URL')))
    faults.push('DATABASE_PASSWORD is set, but DATABASE_URL has a password already: keep one of them')
  if (mode === 'production') faults.push(...productionFaults(source, value))
  else if (value('PORT') === value('SANDBOX_PORT')) faults.push('PORT and SANDBOX_PORT must differ')
  if (faults.length > 0) throw new EnvFaults(faults)

  const port = Number(value('PORT'))
  const host = value('HOST') || (mode === 'production' ? '0.0.0.0' : 'localhost')
  const sandboxPort = Number(value('SANDBOX_PORT') || settings.SANDBOX_PORT.demo)
  const apiUrl = mode === 'production' ? 'https://api.weixin.qq.com' : `http://localhost:${sandboxPort}`
  return {
    mode,
    warnings: files.warnings,
    port,
    host,
    sandboxPort,
    home: value('POINTBOOK_HOME'),
    databaseUrl: withPassword(value('DATABASE_URL'), value('DATABASE_PASSWORD')) || undefined,
    databaseAdminUrl: value('DATABASE_ADMIN_URL') || undefined,
    publicUrl: new URL(value('PUBLIC_URL') || ownAddress({ host, port })).origin,
    trustedProxies: proxiesOf(value('TRUSTED_PROXIES')),
    shopOffset: value('SHOP_OFFSET'),
    secrets: {
      jwtSecret: value('JWT_SECRET'),
      sealSecret: value('SEAL_SECRET'),
      codeSecret: value('MEMBER_CODE_SECRET'),
      dataSecret: value('DATA_SECRET'),
      dataSecretOld: value('DATA_SECRET_OLD'),
    },
    adminLogin: value('ADMIN_LOGIN').normalize('NFKC').toLowerCase(),
    adminPassword: value('ADMIN_PASSWORD'),
    metricsToken: value('METRICS_TOKEN'),
    backup: { key: value('BACKUP_KEY'), folder: value('BACKUP_DIR') },
    wechat: {
      appId: value('WECHAT_APP_ID'),
      appSecret: value('WECHAT_APP_SECRET'),
      apiUrl: withoutSlash(value('WECHAT_API_URL') || apiUrl),
      pushToken: value('WECHAT_PUSH_TOKEN'),
      pushAesKey: value('WECHAT_PUSH_AES_KEY'),
      reminderTemplateId: value('WECHAT_TEMPLATE_EXPIRY'),
      pickupTemplateId: value('WECHAT_TEMPLATE_PICKUP'),
      miniprogramState: value('WECHAT_MINIPROGRAM_STATE') as Env['wechat']['miniprogramState'],
    },
  }
}

function defaultOf(name: SettingName, mode: Mode): string {
  const { otherwise, demo } = settingOf(name)
  return otherwise ?? (mode === 'production' ? undefined : demo) ?? ''
}

function faultOf(name: SettingName, value: string, mode: Mode): string | undefined {
  const { demo, needed, check } = settingOf(name)
  if (value === '') return mode === 'production' && needed ? `${name} is missing. ${settings[name].about}` : undefined
  // A demo value is public, because it is in this repository. With it anybody could log in or forge the ledger.
  if (mode === 'production' && name !== 'SANDBOX_PORT' && (value === demo || value.startsWith('demo-')))
    return `${name} still has its demo value`
  const fault = check?.(value)
  return fault && `${name} ${fault}`
}

function productionFaults(source: Source, value: (name: SettingName) => string): string[] {
  const faults = Object.keys(source)
    .filter((name) => name.startsWith('SANDBOX_') && source[name])
    .map((name) => `${name} is set, but the sandbox does not run in production`)
  if (/^http:/i.test(value('PUBLIC_URL')))
    faults.push('PUBLIC_URL must be https in production: log-ins would travel in clear')
  const password = value('ADMIN_PASSWORD')
  if (password !== settings.ADMIN_PASSWORD.demo && password && isCommonPassword(password, value('ADMIN_LOGIN')))
    faults.push('ADMIN_PASSWORD is among the most used passwords or close to one: take a longer one of your own')
  faults.push(...equalSecrets(value))
  const apiUrl = source['WECHAT_API_URL'] ?? ''
  if (!URL.canParse(apiUrl)) return faults
  const { protocol, hostname } = new URL(apiUrl)
  if (protocol !== 'https:') faults.push('WECHAT_API_URL must be https in production')
  if (/^(localhost|127\..*|\[::1\]|.*sandbox.*)$/.test(hostname)) faults.push('WECHAT_API_URL points at a sandbox')
  return faults
}

// A person who learns one of them must not know the others.
const SECRETS = settingNames.filter((name) => settingOf(name).secret && !name.startsWith('DATABASE_'))

function equalSecrets(value: (name: SettingName) => string): string[] {
  const sharers = SECRETS.map((name) => SECRETS.filter((other) => value(name) && value(other) === value(name)))
  const equal = new Set(sharers.filter((names) => names.length > 1).map((names) => names.join(', ')))
  return [...equal].map((names) => `${names} have the same value: each needs its own`)
}

function proxiesOf(value: string): Env['trustedProxies'] {
  return /^\d*$/.test(value) ? Number(value) : value.split(',').map((network) => network.trim())
}

const hasPassword = (address: string) => URL.canParse(address) && new URL(address).password !== ''

/** The address with the password. */
function withPassword(address: string, password: string) {
  if (!password || !URL.canParse(address)) return address
  const url = new URL(address)
  url.password = encodeURIComponent(password)
  return url.href
}

function withoutSlash(url: string) {
  return url.replace(/\/+$/, '')
}
