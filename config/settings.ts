import { isIP } from 'node:net'
import { readDatabaseAddress } from './database-address.ts'

/**
 * Every setting Pointbook reads from the environment. `demo` is the value used outside production when the setting is
 * absent, `otherwise` the one used in every mode; `needed` marks what production cannot do without.
 */
export interface EnvironmentSetting {
  about: string
  otherwise?: string
  demo?: string
  needed?: true
  /** May come from a file, see `secret-files.ts`. */
  secret?: true
  check?: (value: string) => string | undefined
}

const secret = (name: string, about: string): EnvironmentSetting => ({
  about,
  demo: `demo-${name}-do-not-use-this-in-production`,
  needed: true,
  secret: true,
  check: atLeast(32),
})

export const settings = {
  NODE_ENV: {
    about: 'production for a real shop; anything else is the demo.',
    check: oneOf('production', 'test', 'development', 'demo'),
  },
  PORT: { about: 'Port of the panel, the preview and the API.', otherwise: '8080', check: port },
  HOST: {
    about:
      'Address that the port is opened on: 127.0.0.1 where nginx runs on the same machine, :: for IPv6 and IPv4. Empty: 0.0.0.0 in production, localhost in the demo.',
    check: listenAddress,
  },
  POINTBOOK_HOME: { about: 'Data folder: the private database, uploads, logs.', otherwise: '.pointbook' },
  DATABASE_URL: {
    secret: true,
    about:
      'mysql://user:password@host:port/name of MySQL 8, MariaDB 10.11 or TiDB, or later; npm start runs its own when empty. See "The database" in the README for standby nodes, TLS and the rights that are needed.',
    check: databaseAddress,
  },
  DATABASE_PASSWORD: {
    secret: true,
    about: 'The password for DATABASE_URL, where the address has none, as it stands: nothing in it is written as %.',
  },
  DATABASE_ADMIN_URL: {
    secret: true,
    about:
      'The same database for a user who may also CREATE, ALTER, INDEX and DROP: brings the tables up to date at the start and restores proofs of backups. Empty: DATABASE_URL does it.',
    check: databaseAddress,
  },
  PUBLIC_URL: {
    about:
      'Address members reach this server at, without a path, https in production; http://localhost:PORT in the demo.',
    needed: true,
    check: hostAddress,
  },
  TRUSTED_PROXIES: {
    about:
      'Proxies whose X-Forwarded-For is believed: their addresses or networks (127.0.0.1,10.0.0.0/8), or how many stand in a row where only they reach this port. Empty: none, and all visitors behind a proxy count as one address.',
    check: proxies,
  },
  SHOP_OFFSET: {
    about: 'Offset from UTC by which the shop counts its days.',
    otherwise: '+08:00',
    check: matching(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00'),
  },
  JWT_SECRET: secret('jwt-secret', 'Signs the log-ins of members and clerks; at least 32 characters.'),
  SEAL_SECRET: secret('seal-secret', 'Seals the ledger against edits in the database; never change it later.'),
  MEMBER_CODE_SECRET: secret('member-code-secret', 'Signs the member codes shown at the counter.'),
  DATA_SECRET: secret(
    'data-secret',
    'Encrypts personal data in the database; change it only as "Changing DATA_SECRET" in the README says.',
  ),
  DATA_SECRET_OLD: {
    secret: true,
    about: 'The DATA_SECRET before this one, while `npm run keys:rotate` has work to do; otherwise empty.',
    check: atLeast(32),
  },
  ADMIN_LOGIN: { about: 'Login of the first merchant account.', demo: 'demo', needed: true },
  ADMIN_PASSWORD: {
    secret: true,
    about: 'Its password; at least 12 characters, and none of the most used ones.',
    demo: 'demo-password',
    needed: true,
    check: atLeast(12),
  },
  METRICS_TOKEN: {
    secret: true,
    about: 'What Prometheus must bring to read /metrics; at least 16 characters. Empty: production shows no metrics.',
    check: atLeast(16),
  },
  BACKUP_KEY: {
    secret: true,
    about:
      'Encrypts backups; at least 32 characters. Without it nobody can read them: keep it elsewhere than the backups. Empty: they are not encrypted.',
    check: atLeast(32),
  },
  BACKUP_DIR: {
    about:
      'Folder for backups, best on another machine: the server makes one there each night and removes old ones. Empty: none is made by itself, and npm run backup writes to POINTBOOK_HOME/backups.',
  },
  WECHAT_APP_ID: {
    about: 'AppID of the mini-program.',
    demo: 'wx0000000000demo01',
    needed: true,
    check: matching(/^wx[0-9a-z]{16}$/, 'an AppID: wx and 16 letters or digits'),
  },
  WECHAT_APP_SECRET: {
    about: 'AppSecret of the mini-program.',
    demo: 'demo-wechat-app-secret',
    needed: true,
    secret: true,
  },
  WECHAT_API_URL: {
    about: "WeChat's API; https://api.weixin.qq.com in production, the sandbox in the demo.",
    check: urlOf('http:', 'https:'),
  },
  WECHAT_PUSH_TOKEN: { about: 'Token of the message push.', demo: 'demoPushToken', needed: true, secret: true },
  WECHAT_PUSH_AES_KEY: {
    secret: true,
    about: 'EncodingAESKey of the message push; 43 characters.',
    demo: 'demo0123456789abcdefghijklmnopqrstuvwxyzABC',
    needed: true,
    check: matching(/^[A-Za-z0-9]{43}$/, '43 letters and digits'),
  },
  WECHAT_TEMPLATE_EXPIRY: {
    about: 'Subscribe-message template for points about to expire; empty sends none.',
    demo: 'demo-expiry-template',
  },
  WECHAT_TEMPLATE_PICKUP: {
    about: 'Subscribe-message template for the pick-up code; empty sends none.',
    demo: 'demo-pickup-template',
  },
  WECHAT_MINIPROGRAM_STATE: {
    about: 'Edition a message opens: formal, trial or developer.',
    otherwise: 'formal',
    check: oneOf('formal', 'trial', 'developer'),
  },
  SANDBOX_PORT: { about: 'Port of the WeChat sandbox; production refuses it.', demo: '8090', check: port },
} satisfies Record<string, EnvironmentSetting>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]
export const settingOf = (name: SettingName): EnvironmentSetting => settings[name]

function atLeast(length: number) {
  return (value: string) => (value.length < length ? `needs at least ${length} characters` : undefined)
}

function oneOf(...words: string[]) {
  return (value: string) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}`)
}

function matching(pattern: RegExp, what: string) {
  return (value: string) => (pattern.test(value) ? undefined : `must be ${what}`)
}

function port(value: string) {
  return /^\d{1,5}$/.test(value) && +value > 0 && +value < 65536 ? undefined : 'must be a port, 1 to 65535'
}

function listenAddress(value: string) {
  return (isIP(value) && !value.includes('%')) || value === 'localhost'
    ? undefined
    : 'must be an address of this machine such as 127.0.0.1 or ::, or localhost; unset it if your shell has set it'
}

/** A number of hops, or addresses and networks with commas between them. */
function proxies(value: string) {
  const isHops = /^[1-9]$/.test(value)
  return isHops || value.split(',').every(isNetwork)
    ? undefined
    : 'must be 1 to 9 proxies in a row, or addresses and networks such as 127.0.0.1,10.0.0.0/8'
}

function isNetwork(text: string) {
  const [address = '', bits, ...more] = text.trim().split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  const isPrefix = bits === undefined || (/^\d{1,3}$/.test(bits) && +bits > 0 && +bits <= most)
  return most > 0 && isPrefix && more.length === 0
}

function databaseAddress(value: string) {
  try {
    readDatabaseAddress(value)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

// The panel, its cookie and WeChat's domain settings all know the host alone.
function hostAddress(value: string) {
  const fault = urlOf('http:', 'https:')(value)
  if (fault) return fault
  const { origin, pathname, search, hash, username, password } = new URL(value)
  if (pathname.replace(/\/+$/, '') + search + hash + username + password === '') return undefined
  return `must end after the host: write ${origin}, and give Pointbook a host name of its own if that one serves something else`
}

function urlOf(...protocols: string[]) {
  return (value: string) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol)
      ? undefined
      : `must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`
}
